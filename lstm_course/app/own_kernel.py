"""The one kernel that JupyterLab offers in this course."""

from jupyter_client.kernelspec import KernelSpecManager


class OwnKernel(KernelSpecManager):
    """Offers the Python that JupyterLab itself runs on, whatever else is installed.

    A kernel named python3 in the user's own folder may belong to another Python, one without
    this course. Looking in no folder at all leaves the kernel of this environment.
    """

    def _kernel_dirs_default(self) -> list[str]:
        return []
