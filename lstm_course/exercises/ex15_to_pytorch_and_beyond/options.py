"""What the options of a framework's layer mean."""

from ..model import Predict, Wrong

NOTEBOOK = "15-to-pytorch-and-beyond"


EXERCISES = (
    Predict(
        id="batch-first",
        notebook=NOTEBOOK,
        asks_for=("h_n_shape",),
        points=1,
        minutes=3,
        answer=(1, 32, 20),
        within=0,
        hints=(
            "How many states are left after the last step, for how many sequences, of what size?",
            "batch_first changes the order of input and output. Does it change the state's?",
            "The first number counts layers, the last is H.",
        ),
        look="Read the table in the lesson once more.",
        passed="You read what the manual says, not what the option's name suggests.",
        wrong=(
            Wrong(  # 60
                answer=(32, 1, 20),
                cause="batch_first moves N to the front in input and output, not in the states.",
            ),
            Wrong(
                answer=(32, 50, 20),
                cause="This is the shape of the output: one h for each step. h_n is the last one.",
            ),
            Wrong(
                answer=(1, 50, 20), cause="The 50 is the number of steps; only the last h is left."
            ),
            Wrong(
                answer=(1, 32, 10),
                cause="10 is input_size, D. A hidden state has hidden_size numbers.",
            ),
            Wrong(answer=(50, 32, 20), cause="This is the output of a layer without batch_first."),
        ),
    ),
    Predict(
        id="units",
        notebook=NOTEBOOK,
        asks_for=("statement",),
        points=1,
        minutes=3,
        answer="b",
        choices="abcd",
        hints=(
            "Which of T, N, D, H is `units`?",
            "Does any weight's shape contain the number of steps?",
            "Without return_sequences, one h per sequence comes out.",
        ),
        look="Write down the shapes of kernel and recurrent_kernel.",
        passed="The number of steps is in no weight: the same cell is used at each step.",
        wrong=(
            Wrong(  # 59
                answer="a",
                cause="units is not the number of time steps. It is H, the numbers in h.",
            ),
            Wrong(
                answer="c",
                cause="This would be right with return_sequences=True. Without it, only the last "
                "h comes out.",
            ),
            Wrong(
                answer="d",
                cause="The layer keeps H = 50 numbers per sequence, whatever D is; 8 is only the "
                "height of kernel.",
            ),
        ),
    ),
)
