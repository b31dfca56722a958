"""Atomic mistakes in an expression: a form, and what stands in its place.

Letters stand for parts (see `pattern.match`). In a cause, {X} is the text of such a part,
{place} the name that the line makes, {is} "is" or "are". A cause says what the result is,
whatever way it was written in.
"""

from typing import NamedTuple


class Rule(NamedTuple):
    """One mistake: what stands in the place of a form, its cause, and where to look.

    `rare` marks what few people write: it is told where nothing else does the same.
    """

    form: str
    instead: str
    cause: str
    look: str = ""
    rare: bool = False


def _rules(form: str, *mistakes: tuple[str, ...]) -> tuple[Rule, ...]:
    return tuple(Rule(form, *mistake) for mistake in mistakes)


JOIN = _rules(
    "join(H, X)",
    (
        "join(X, H)",
        "{X} comes before {H}. The equations have [{H}, {X}]: the first rows of the weights "
        "belong to {H}.",
        "Print the joined vector.",
    ),
    ("join(0 * H, X)", "{H} plays no part: only {X} goes into the product."),
    ("join(H, 0 * X)", "{X} plays no part: only {H} goes into the product."),
)

SUM = _rules(
    "Z @ W_ + b_",
    ("Z @ W_", "{b_} {are} missing in {place}.", "What comes after the product in the equation?"),
    (
        "Z @ W_ - b_",
        "{b_} {have} the wrong sign in {place}. Either it is subtracted, or a minus stands before "
        "the product alone: all of the sum goes into brackets, -(… + {b_}).",
    ),
    ("b_ - Z @ W_", "The product {Z} @ {W_} has the wrong sign in {place}."),
    ("Z @ W_ + 2 * b_", "{b_} {are} added twice in {place}."),
    ("(Z @ W_) * b_", "{b_} multiplies the product in {place}. It is added."),
    ("Z @ (W_ + b_)", "{b_} {are} added to {W_} in {place}. It comes after the product."),
    (
        "np.sum(Z @ W_, axis=-1) + b_",
        "The product is added up over the units in {place}, into one number. Each unit has a sum "
        "of its own.",
    ),
    (
        "np.sum(Z @ W_) + b_",
        "The product is added up into one number in {place}. Each unit has a sum of its own.",
    ),
    ("(Z + b_.mean()) @ W_", "{b_} is added before the product in {place}; it comes after it."),
    (
        "(Z @ W_).sum(axis=-1, keepdims=True) + b_",
        "The product is added up over the units in {place}. Each unit has a sum of its own.",
    ),
    (
        "np.sum(Z @ W_ + b_)",
        "All sums of {place} are added up into one number. Each unit has its own.",
    ),
)

SIGMOID = _rules(
    "sigmoid(A)",
    (
        "np.tanh(A)",
        "tanh stands where σ belongs in {place}: it goes from -1 to 1, and a gate lies between "
        "0 and 1.",
    ),
    (
        "A",
        "σ is missing in {place}: a gate lies between 0 and 1.",
        "The sum is right. Send it through sigmoid.",
    ),
    (
        "1 - sigmoid(A)",
        "{place} {is} 1 minus the right value: open and shut are the wrong way round.",
        "Look at the sign of the exponent, or at a 1 - … in front.",
    ),
    (
        "(A > 0) * 1.0",
        "{place} {is} cut to 0 or 1. A gate stays soft: every value in between is used.",
    ),
    (
        "softmax(A)",
        "softmax stands where σ belongs in {place}: there the units share a total of 1. σ treats "
        "each unit for itself.",
    ),
    ("sigmoid(sigmoid(A))", "σ is taken twice in {place}."),
    ("np.round(sigmoid(A))", "{place} {is} rounded to 0 or 1. A gate stays soft."),
    (
        "np.mean(sigmoid(A), axis=-1, keepdims=True) + 0 * A",
        "All units get the same value in {place}. Each unit has a value of its own, from its own "
        "column of the weights.",
    ),
    ("np.mean(sigmoid(A))", "{place} {is} a mean, one number. Each unit has a value of its own."),
    ("np.exp(A)", "{place} {is} e to the power of the sum. It goes through σ."),
    (
        "1 + np.exp(-(A))",
        "{place} {is} 1 + e^-a, not the fraction 1 / (1 + e^-a): the 1 / or the brackets below the "
        "bar are missing.",
    ),
    ("sigmoid(np.tanh(A))", "tanh is taken of the sum before σ in {place}."),
    ("sigmoid(2 * A)", "{place} {is} σ of twice the sum: ½ (1 + tanh(a)) is σ(2a)."),
    ("np.maximum(A, 0)", "max(0, a) stands where σ belongs in {place}: it has no upper bound."),
)

TANH = _rules(
    "np.tanh(A)",
    (
        "sigmoid(A)",
        "σ stands where tanh belongs in {place}: it goes from 0 to 1, and both signs are needed.",
    ),
    ("A", "tanh is missing in {place}."),
    ("np.tan(A)", "tan, the tangent of an angle, stands in {place}. The S-curve is tanh."),
    ("np.maximum(A, 0)", "max(0, a) stands where tanh belongs in {place}."),
    ("np.sign(A)", "{place} {is} cut to -1 or 1. tanh stays soft."),
    (
        "softmax(A)",
        "softmax stands where tanh belongs in {place}: there the units share a total of 1. tanh "
        "treats each unit for itself.",
    ),
    ("np.tanh(np.tanh(A))", "tanh is taken twice in {place}."),
    ("np.tanh(A / 2)", "{place} {has} tanh(a / 2): 2σ(a) - 1 is that. tanh(a) is 2σ(2a) - 1."),
    ("1 - np.tanh(A)", "{place} {has} 1 - tanh where tanh belongs."),
    ("1 - np.tanh(A) ** 2", "{place} {has} the slope of tanh, 1 - tanh², where tanh belongs."),
    ("np.sinh(A)", "sinh stands where tanh belongs in {place}."),
    ("np.arctan(A)", "arctan stands where tanh belongs in {place}."),
)

OUTSIDE = (
    *_rules(
        "sigmoid(A + b_)",
        (
            "sigmoid(A) + b_",
            "{b_} {are} added after σ in {place}, not inside it: there the gate can leave 0 … 1.",
            "Count the brackets: everything is added up before σ is taken.",
        ),
        ("sigmoid(A) * b_", "{b_} multiplies σ in {place}. It is added inside it."),
    ),
    *_rules(
        "np.tanh(A + b_)",
        (
            "np.tanh(A) + b_",
            "{b_} {are} added after tanh in {place}, not inside it.",
            "Count the brackets: everything is added up before tanh is taken.",
        ),
    ),
    *_rules(
        "softmax(A + b_)",
        ("softmax(A) + b_", "{b_} is added after softmax: the rows no longer add up to 1."),
    ),
    *_rules(
        "O * np.tanh(C)",
        (
            "np.tanh(O * C)",
            "tanh is taken of the product of {O} and {C} in {place}. Squash {C} first, then "
            "multiply.",
        ),
        ("C * np.tanh(O)", "tanh is taken of {O} in {place}. It belongs to {C}."),
        (
            "O * (1 - np.tanh(C) ** 2)",
            "{place} {has} the slope of tanh, 1 - tanh², for tanh itself.",
        ),
    ),
)

SOFTMAX = _rules(
    "softmax(A)",
    ("A", "softmax is missing in {place}: these are the scores."),
    (
        "sigmoid(A)",
        "σ of each score stands where softmax belongs. One class is chosen out of K: a row must "
        "add up to 1.",
    ),
    ("softmax(softmax(A))", "softmax is taken twice in {place}."),
    ("np.log(softmax(A))", "{place} {is} the logarithm of softmax."),
    ("softmax(np.tanh(A))", "The scores go through tanh. Then no class can be far ahead."),
    ("softmax(-A)", "softmax is taken of minus the scores: the order of the classes is turned."),
    ("np.argmax(A, axis=-1)", "{place} {is} the number of the likeliest class."),
    (
        "softmax(A.T).T",
        "The sum of softmax runs down the columns, over the samples. The classes stand in a row: "
        "axis=-1.",
    ),
    (
        "np.exp(A) / np.exp(A).sum()",
        "softmax takes one sum for all samples. Each row adds up to 1 by itself.",
    ),
    ("np.exp(A)", "The powers of the scores are not divided by their sum in {place}."),
)

# the slopes of the way back, written with the value that σ or tanh has made
SLOPES = (
    *_rules(
        "1 - X**2",
        ("(1 - X) ** 2", "{place} {has} (1 - {X})². Only {X} is squared: 1 - {X}²."),
        ("1 - X", "The square is missing in {place}: 1 - {X}²."),
        (
            "X * (1 - X)",
            "{place} {has} the slope of σ, s (1 - s). Here it is that of tanh, 1 - g².",
        ),
        ("1 - np.tanh(X) ** 2", "tanh is taken once more in {place}. {X} goes in as it is."),
        ("X**2", "{place} {has} {X}² for the slope. It is 1 - {X}²."),
        ("X", "{place} {has} {X} itself for the slope. It is 1 - {X}²."),
        ("1 + X**2", "{place} {has} a plus in the slope: 1 + {X}². It is 1 - {X}²."),
        ("X**2 - 1", "The slope has the wrong sign in {place}: it is 1 - {X}²."),
    ),
    *_rules(
        "D * (1 - X**2)",
        ("D", "The slope of tanh is missing in {place}: 1 - {X}²."),
        ("D * 1 - X**2", "The slope in {place} needs brackets: (1 - {X}²)."),
    ),
    *_rules(
        "1 - np.tanh(X) ** 2",
        ("1 - X**2", "{place} {has} 1 - {X}². {X} goes into tanh: take tanh({X}) first."),
        ("np.tanh(X)", "{place} {has} tanh({X}) itself for its slope, 1 - tanh²({X})."),
        (
            "sigmoid(X) * (1 - sigmoid(X))",
            "{place} {has} the slope of σ at {X}. It is that of tanh.",
        ),
    ),
    *_rules(
        "D * S * (1 - S)",
        (
            "D * (1 - S**2)",
            "{place} {has} the slope of tanh. {S} {are} made by σ: its slope is s (1 - s).",
        ),
        ("D * S", "The other factor of the slope, 1 - s, is missing in {place}: s (1 - s)."),
        (
            "D * (1 - S)",
            "{S} {are} missing in the slope in {place}: s (1 - s), with s the gate itself.",
        ),
        ("D", "The slope of σ is missing in {place}: s (1 - s), with s the gate itself."),
        (
            "D * sigmoid(S) * (1 - sigmoid(S))",
            "σ is taken a second time in {place}. {S} {have} been through σ: the slope is "
            "s (1 - s).",
        ),
        ("D * sigmoid(S)", "{place} {has} σ of the gate for the slope. It is s (1 - s)."),
        ("D * S - S", "The slope in {place} needs brackets: {S} * (1 - {S})."),
        ("D * S * 1 - S", "The factor 1 - {S} needs brackets in {place}."),
        ("D * S * (1 + S)", "{place} {has} a plus in the slope: it is s (1 - s)."),
        ("D * S**2", "{place} {has} {S}² for the slope s (1 - s)."),
    ),
)

ARITHMETIC = (
    *_rules(
        "X + Y",
        ("X", "{Y} {are} missing in {place}."),
        ("Y", "{X} {are} missing in {place}."),
        ("X - Y", "{Y} {are} subtracted in {place}, not added."),
        ("Y - X", "{X} {are} subtracted in {place}, not added."),
        ("X * Y", "{X} and {Y} are multiplied in {place}; they are added."),
        ("-(X + Y)", "The sum {X} + {Y} has the wrong sign in {place}.", "", True),
        ("(X + Y) / 2", "{place} {is} the mean of {X} and {Y}; they are added."),
    ),
    *_rules(
        "X - Y",
        ("X", "{Y} {are} not taken away in {place}."),
        ("X + Y", "{Y} {are} added in {place}, not subtracted."),
        ("X / Y", "{place} {has} {X} divided by {Y}; it is {X} minus {Y}."),
        ("Y - X", "The difference in {place} is turned round: it is {X} minus {Y}.", "", True),
        ("Y", "In {place} only {Y} is left of {X} - {Y}."),
        ("-Y", "{X} is missing in {place}: only what is taken away from it is left."),
    ),
    *_rules(
        "X * Y",
        ("X", "{Y} {are} missing in {place}."),
        ("Y", "{X} {are} missing in {place}."),
        ("X + Y", "{X} is added to {Y} in {place}; it multiplies."),
        (
            "X @ Y",
            "{place} {has} the products of {X} and {Y} added up, as @, sum and dot do. * keeps "
            "them apart.",
        ),
        ("X / Y", "{place} divides by {Y}; it multiplies."),
        ("Y / X", "{place} divides by {X}; it multiplies."),
        ("Y - X", "{X} is taken away from {Y} in {place}; it multiplies."),
        ("-(X * Y)", "The product {X} * {Y} has the wrong sign in {place}.", "", True),
    ),
    *_rules(
        "X / Y",
        ("X", "The division by {Y} is missing in {place}."),
        ("X * Y", "{place} multiplies by {Y}; it divides."),
        ("Y / X", "The fraction in {place} is upside down: it is {X} over {Y}."),
        ("1 / Y", "In {place} 1 is divided by {Y}; it is {X}.", "", True),
    ),
    *_rules(
        "X @ Y",
        ("X * Y", "* stands where @ belongs in {place}."),
        ("Y @ X", "The product is the wrong way round in {place}: it is {X} @ {Y}."),
        ("X @ Y.T", "{Y} is turned round in {place}: here it stands without .T."),
    ),
    *_rules(
        "X.T @ Y",
        ("Y.T @ X", "{place} {is} transposed: it is {X}.T @ {Y}."),
        ("X.T @ Y / len(Y)", "{place} {is} a mean over the rows. Here they are added up."),
    ),
    *_rules("X.T", ("X", "{X} comes without .T in {place}.")),
    *_rules(
        "X**K",
        ("X", "The power is missing in {place}: {X} to the power of {K}."),
        ("X * K", "{place} {has} {X} times {K}; it is {X} to the power of {K}."),
        ("X ** (K + 1)", "The exponent in {place} is one too large: it is {K}."),
        ("X ** (K - 1)", "The exponent in {place} is one too small: it is {K}."),
    ),
    *_rules("X**2", ("np.mean(X**2)", "{place} {has} the mean of {X}², one number.")),
    *_rules("-X", ("X", "The minus is missing in {place}.")),
)

BRACKETS = (
    *_rules(
        "X / (Y + Z)",
        ("X / Y + Z", "Brackets are missing in {place}: all of {Y} + {Z} stands below the bar."),
    ),
    *_rules(
        "X / (Y - Z)",
        ("X / Y - Z", "Brackets are missing in {place}: all of {Y} - {Z} stands below the bar."),
    ),
    *_rules(
        "X * (Y + Z)",
        ("X * Y + Z", "Brackets are missing in {place}: {X} multiplies all of {Y} + {Z}."),
    ),
    *_rules(
        "X * (Y - Z)",
        ("X * Y - Z", "Brackets are missing in {place}: {X} multiplies all of {Y} - {Z}."),
    ),
    *_rules(
        "(X - Y) / Z",
        ("X - Y / Z", "Only {Y} is divided by {Z} in {place}. Put the difference in brackets."),
    ),
    *_rules(
        "(X - Y) * Z",
        ("X - Y * Z", "Only {Y} is multiplied by {Z} in {place}. Put the difference in brackets."),
    ),
    *_rules("(X + Y) * Z", ("X + Y * Z", "Only {Y} is multiplied by {Z} in {place}.")),
    *_rules(
        "X + Y * Z",
        ("(X + Y) * Z", "{Z} multiplies {X} as well in {place}."),
        ("X * Y + Y * Z", "{Y} multiplies {X} as well in {place}."),
    ),
    *_rules("X + D * O * S", ("X * O + D * O * S", "{O} multiplies {X} as well in {place}.")),
    *_rules("X * Y + Z", ("X * (Y + Z)", "{X} multiplies {Z} as well in {place}.")),
    *_rules("X + Y / Z", ("(X + Y) / Z", "{X} is divided by {Z} as well in {place}.")),
    *_rules(
        "F * C + I * G",
        (
            "F + C + I + G",
            "In {place} everything is added. A gate multiplies what it belongs to.",
        ),
        (
            "F * G + I * C",
            "{F} and {I} have changed places.",
            "Look at the lines that make them, and at the line that makes {place}.",
        ),
        (
            "F * C + (1 - F) * G",
            "{place} {has} 1 - {F} where {I} belongs: that ties the two gates.",
        ),
        (
            "(1 - I) * C + I * G",
            "{place} {has} 1 - {I} where {F} belongs: that ties the two gates.",
        ),
        ("F * C + (I + G)", "{I} is added to {G} in {place}; it multiplies."),
        ("F * C * (I * G)", "The two parts of {place} are multiplied; they add up."),
        ("F * I + C * G", "The partners in {place} are mixed up: {F} belongs to {C}."),
        ("F * G + C * I", "The partners in {place} are mixed up: {F} belongs to {C}."),
    ),
)

FUNCTIONS = (
    *_rules("np.log(X)", ("X", "The log is missing in {place}.")),
    *_rules("np.log(X)", ("np.log2(X)", "{place} {is} in bits, log₂. Here it is log, base e.")),
    *_rules("np.log(X)", ("np.log10(X)", "{place} {has} log₁₀. Here it is log, base e.")),
    *_rules("np.exp(X)", ("X", "The exponential is missing in {place}.")),
    *_rules("np.exp(X)", ("np.e * X", "e is multiplied in {place}. It is e to the power.")),
    *_rules("np.sqrt(X)", ("X", "The root is missing in {place}.")),
    *_rules("np.sqrt(X) + E", ("np.sqrt(X + E)", "{E} stands inside the root in {place}.")),
    *_rules(
        "np.sqrt(X)",
        ("np.sqrt(np.abs(X))", "The absolute value is taken below the root in {place}."),
    ),
    *_rules("np.abs(X)", ("X", "The absolute value is missing in {place}.")),
    *_rules("np.abs(X)", ("X**2", "{place} {has} the square for the absolute value.")),
    *_rules(
        "min(X, Y)",
        ("max(X, Y)", "{place} {has} max where min belongs."),
        ("Y", "{place} {has} no upper bound: min({X}, …) is missing."),
    ),
    *_rules(
        "X.mean()",
        ("X.sum()", "{place} {is} a sum. Asked is the mean."),
        ("X", "The mean is missing in {place}: there is one value for each."),
        ("100 * X.mean()", "{place} {is} in percent. Asked is a share between 0 and 1."),
        ("1 - X.mean()", "{place} {is} 1 minus the right share: the opposite is counted."),
        ("X.mean(axis=0)", "The mean in {place} runs over the first axis alone."),
        ("X.mean(axis=-1)", "The mean in {place} runs over the last axis alone."),
        ("X.sum() / len(X)", "The division in {place} is by len, the first axis alone."),
        ("(X.mean() > 0.5) * 1.0", "{place} {is} one yes or no. Asked is a share."),
    ),
    *_rules(
        "X.mean(axis=0)",
        ("X.sum(axis=0)", "{place} {is} a count. Divide by the number of values."),
        ("X.mean()", "{place} {is} one number. Asked is one for each column."),
        ("X.mean(axis=1)", "The mean in {place} runs along the rows, axis 1. It is axis 0."),
    ),
    *_rules(
        "X.sum()",
        ("X.mean()", "{place} {has} a mean where the sum belongs."),
        ("X.sum(axis=-1)", "The sum in {place} runs over the last axis alone."),
    ),
    *_rules(
        "X.sum(axis=0)",
        ("X.mean(axis=0)", "{place} {is} a mean over the rows. They are added up."),
        ("X.sum()", "{place} {is} summed over everything. The sum runs over axis 0 alone."),
        ("X.sum(axis=1)", "{place} {is} summed along each row. The rows are added up: axis=0."),
        ("X", "{place} {is} not summed: the rows are added up, axis=0."),
        (
            "X.sum(axis=0, keepdims=True)",
            "{place} {has} one axis too many: keepdims is not wanted.",
        ),
    ),
    *_rules(
        "X.sum(axis=-1, keepdims=True)",
        ("X.sum()", "The sum in {place} runs over the whole batch. Each row has its own: axis=-1."),
        (
            "X.sum(axis=0)",
            "The sum in {place} runs down the columns, over the samples. It runs along a row: "
            "axis=-1.",
        ),
        (
            "X.sum(axis=-1)",
            "The sums of the rows in {place} have shape (N,), and NumPy lays them along the "
            "columns. keepdims=True keeps them as a column (N, 1).",
        ),
        ("X.mean(axis=-1, keepdims=True)", "{place} {has} a mean where the sum belongs."),
        ("X.max(axis=-1, keepdims=True)", "{place} {has} the largest where the sum belongs."),
    ),
    *_rules(
        "X.max(axis=-1, keepdims=True)",
        (
            "X.max()",
            "In {place} the largest number of the whole batch is taken. Each row has its own: "
            "axis=-1.",
        ),
        (
            "X.max(axis=0)",
            "In {place} the largest number of each column is taken. Each row has its own: axis=-1.",
        ),
        ("X.min(axis=-1, keepdims=True)", "{place} {has} the smallest where the largest belongs."),
        ("X.mean(axis=-1, keepdims=True)", "{place} {has} the mean where the largest belongs."),
        ("0", "The largest number of the row is not taken away in {place}: e^1000 overflows."),
        ("X.max(axis=-1)", "The maxima in {place} have shape (N,). keepdims=True gives (N, 1)."),
    ),
)

COMPARISONS = (
    *_rules(
        "X < Y",
        ("X <= Y", "Equal counts as below in {place}: {X} <= {Y}. It is <."),
        ("X > Y", "The comparison in {place} is turned: {X} > {Y}. It is <."),
        ("X >= Y", "The comparison in {place} is turned: {X} >= {Y}. It is <."),
    ),
    *_rules(
        "X > Y",
        ("X >= Y", "Equal counts as above in {place}: {X} >= {Y}. It is >."),
        ("X < Y", "The comparison in {place} is turned: {X} < {Y}. It is >."),
        ("X <= Y", "The comparison in {place} is turned: {X} <= {Y}. It is >."),
    ),
    *_rules(
        "X >= Y",
        ("X > Y", "Equal does not count in {place}: {X} > {Y}. It is >=."),
        ("X < Y", "The comparison in {place} is turned: {X} < {Y}. It is >=."),
        ("X <= Y", "The comparison in {place} is turned: {X} <= {Y}. It is >=."),
    ),
)

PLACES = (
    *_rules(
        "X[t_ + 1]",
        ("X[t_]", "{place} {has} {X}[{t_}] where {X}[{t_} + 1] belongs."),
        ("X[t_ - 1]", "{place} {has} {X}[{t_} - 1] where {X}[{t_} + 1] belongs."),
    ),
    *_rules(
        "X[t_]",
        ("X[t_ + 1]", "{place} {has} {X}[{t_} + 1] where {X}[{t_}] belongs."),
        ("X[t_ - 1]", "{place} {has} {X}[{t_} - 1] where {X}[{t_}] belongs."),
        ("0 * X[t_]", "{X}[{t_}] plays no part in {place}."),
        ("X[-1]", "{place} {has} {X}[-1], the last one, at every step. It is {X}[{t_}]."),
        ("X[0]", "{place} {has} {X}[0], the first one, at every step. It is {X}[{t_}]."),
    ),
    *_rules(
        "X[unit_]",
        ("X[:, unit_]", "In {X} the column of the unit is taken. It is its row."),
        ("X[: unit_]", "[:{unit_}] takes all rows of {X} before the unit's. One row is [{unit_}]."),
        ("X[unit_:]", "[{unit_}:] takes all rows of {X} from the unit's on. One row is [{unit_}]."),
        ("X[unit_ - 1]", "In {X} the row before is taken, {unit_} - 1. Rows count from 0."),
        ("X[unit_ + 1]", "In {X} the row after is taken, {unit_} + 1. Rows count from 0."),
        ("X[unit_, unit_]", "In {X} one number is taken. It is the whole row of the unit."),
        ("X[len(X) - 1 - unit_]", "In {X} the rows are counted from the end."),
    ),
    *_rules(
        "X[np.arange(N), K]",
        (
            "X[:, K]",
            "[:, {K}] picks whole columns in {place}. Each row needs its own entry: np.arange(N) "
            "in place of the colon.",
        ),
        (
            "X[K]",
            "[{K}] takes whole rows in {place}: the class is used as the number of a sample. Each "
            "row needs one entry: [np.arange(N), {K}].",
        ),
        ("X.max(axis=-1)", "{place} takes the largest of each row, whatever {K} says."),
    ),
    *_rules(
        "X[:H]",
        ("X[H:]", "{place} {has} the rows of {X} from {H} on. It has the first {H}."),
        ("X[-H:]", "{place} {has} the last {H} rows of {X}. It has the first {H}."),
        ("X", "{place} {has} all rows of {X}. It has the first {H}."),
    ),
    *_rules(
        "X[H:]", ("X[:H]", "{place} {has} the first {H} rows of {X}. It has those after them.")
    ),
    *_rules(
        "X[:, :H]",
        ("X[:, H:]", "{place} {has} the columns from {H} on. It has the first {H}."),
        ("X[:H]", "{place} cuts the rows. The parts stand side by side in a row: [:, :{H}]."),
        ("X[:, -H:]", "{place} {has} the last {H} columns. It has the first {H}."),
        ("X", "{place} {has} all columns. It has the first {H}."),
    ),
    *_rules(
        "X[:, H:]",
        ("X[:, :H]", "{place} {has} the first {H} columns. It has those after them."),
        ("X[H:]", "{place} cuts the rows. The parts stand side by side in a row: [:, {H}:]."),
    ),
    *_rules(
        "X.shape[-1]",
        (
            "len(X)",
            "len({X}) and {X}.shape[0] count the rows of a batch. H is {X}.shape[-1].",
        ),
    ),
    *_rules("np.array(X)", ("np.array(X)[-1]", "Only the last entry of {X} comes back.")),
    *_rules("np.array(X)", ("np.array(X)[::-1]", "{X} runs backwards: the first belongs first.")),
    *_rules(
        "np.array(X)",
        (
            "np.array([X[-1]] * len(X))",
            "Every row of the result is the last one. The list holds one and the same array, "
            "which is changed in place: make a new array at each step.",
        ),
    ),
    *_rules("np.array(X)", ("np.concatenate(X)", "{X} is laid end to end; it is one row a step.")),
)

RULES = (
    *JOIN,
    *SUM,
    *SIGMOID,
    *TANH,
    *OUTSIDE,
    *SOFTMAX,
    *SLOPES,
    *PLACES,
    *COMPARISONS,
    *FUNCTIONS,
    *BRACKETS,
    *ARITHMETIC,
)
