#!/usr/bin/env bash
# Makes the grader's environment, once, when Gradescope builds the image.
# Needs a Python that the course runs on, or apt to get one; and pip's index.
set -euo pipefail
source="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)"
root="${GRADESCOPE_ROOT:-$(dirname "$source")}"
environment="$root/environment"

install() { DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; }
new_enough() { "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; }

python=""
for one in python3 python3.14 python3.13 python3.12 python3.11; do
  if new_enough "$one"; then python="$one"; break; fi
done
if [ -z "$python" ]; then
  apt-get update
  for one in python3.13 python3.12 python3.11; do
    if install "$one" "$one-venv"; then python="$one"; break; fi
  done
fi
if [ -z "$python" ]; then
  echo "The course needs Python 3.11 or newer; choose a newer base image." >&2
  exit 1
fi
if ! "$python" -c 'import ensurepip' 2>/dev/null; then
  apt-get update
  install "python$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')-venv"
fi

"$python" -m venv "$environment"
"$environment/bin/python" -m pip install --no-cache-dir -r "$source/requirements.txt"
packages="$("$environment/bin/python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))')"
cp -R "$source/course/lstm_course" "$packages/"
"$environment/bin/python" -m lstm_course.app.command --version
