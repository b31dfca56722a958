"""Count products, and tell a view from a copy."""

from ..model import Predict, Wrong

NOTEBOOK = "16-make-it-fast"

EXERCISES = (
    Predict(
        id="count-products",
        notebook=NOTEBOOK,
        asks_for=("products",),
        points=2,
        minutes=6,
        answer=(600, 102),
        hints=(
            "Textbook, one step: 4 products forward; backward 4 for dW and 4 for dz.",
            "Stacked, one step: which products need the step before or after? Those stay "
            "in the loop.",
            "Forward the loop keeps 1 a step. Backward it keeps 1 a step, for dh; dW and dxs "
            "are one product each for all steps together.",
        ),
        look="Count one step first, then multiply by 50 what is done at each step.",
        passed="A sixth of the calls for the same multiplications. Where the arrays are small, "
        "calls are what costs.",
        wrong=(
            Wrong(
                answer=(200, 50),
                cause="This is the forward pass alone. The backward pass has products, too.",
            ),
            Wrong(
                answer=(600, 150),
                cause="The first is right. Stacked, dW and dxs need no loop: all rows of all "
                "steps go into one product each.",
            ),
            Wrong(
                answer=(400, 102),
                cause="Backward each gate has two products: one for its dW, one for its share "
                "of dz.",
            ),
            Wrong(
                answer=(600, 100),
                cause="The loops are right. dW and dxs are missing: one product each.",
            ),
            Wrong(
                answer=(12, 102),
                cause="The first number is that of one step; there are 50.",
            ),
            Wrong(
                answer=(600, 52),
                cause="The backward loop keeps one product a step, too: dh of a step needs the "
                "step after it.",
            ),
            Wrong(answer=(102, 600), cause="The two numbers have changed places: textbook first."),
            Wrong(
                answer=(12, 2),
                cause="These are the products of one step. There are 50 steps, and dW and dxs "
                "take one each besides.",
            ),
            Wrong(
                answer=(12, 3),
                cause="These are the products of one step, with dW in the loop. There are 50 "
                "steps, and stacked, dW and dxs are one product each for all of them.",
            ),
        ),
    ),
    Predict(
        id="view-or-copy",
        notebook=NOTEBOOK,
        asks_for=("changed",),
        points=1,
        minutes=3,
        answer="b",
        choices="abcd",
        hints=(
            "Which of the three share memory with W? A slice does.",
            "A list of columns is no slice: NumPy has to collect the numbers into a new array.",
        ),
        look="Try np.shares_memory(W, part) for the three.",
        passed="A slice is a window, a list of columns is a photograph. LSTMParams hands out "
        "windows, so that training can change W_f in place.",
        wrong=(
            Wrong(
                answer="a",
                cause="third = third * 0 makes a new array and gives it the name `third`; "
                "W is not touched. Only *= works in place.",
            ),
            Wrong(
                answer="c",
                cause="W[:, [4, 5]] picks columns by a list, and that makes a copy.",
            ),
            Wrong(
                answer="d",
                cause="W[:, 2:4] is a slice, a view: changing it in place changes W.",
            ),
        ),
    ),
)
