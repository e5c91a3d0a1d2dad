"""The table that the matrix prints."""

from collections import defaultdict

# What is being written, by the caller's step and the changes that it has made durable already.
WORDS = {
    ("open", 0): "the tables of a new store",
    ("draft", 0): "the draft",
    ("leave", 0): "the draft",
    ("begin", 0): "the intent to open the payment",
    ("begin", 1): "the payment that the bank opened",
    ("resume", 0): "the return, before the bank is called",
    ("resume", 1): "what the bank said to it",
    ("cancel", 0): "the intent to cancel",
    ("cancel", 1): "what the bank said to it",
    ("stop", 0): "the log's pages in the database",
}
HEADS = ["store", "journey", "step", "points", "killed", "lost", "doubled", "strange"]


SWEEP = ["the sweeper's lease and intent to ask", "what the bank said to the sweeper"]
LOOK = "a look of the sweeper"
ORDER = [*WORDS.values(), *SWEEP, LOOK]


def words(fall):
    if fall.step == "sweep":
        return SWEEP[fall.changes % 2]
    return WORDS.get((fall.step, fall.changes), LOOK)


def rows(store, points):
    """One for each step of each journey, in their order, and the sum of all."""
    cells = defaultdict(lambda: [0] * 5)
    journeys = list(dict.fromkeys(point.journey for point in points))
    for point in points:
        # Without a fall the journey was played to its end: only what is wrong with that is worth a row.
        if point.fall or point.lost or point.doubled or point.strange:
            name = (point.journey, words(point.fall) if point.fall else "")
            found = [bool(point.fall), point.deaths, bool(point.lost), bool(point.doubled), bool(point.strange)]
            cells[name] = [cell + int(more) for cell, more in zip(cells[name], found)]
    names = sorted(cells, key=lambda name: (journeys.index(name[0]), [*ORDER, ""].index(name[1])))
    sums = [sum(column) for column in zip(*cells.values())]
    return [*([store, *name, *cells[name]] for name in names), [store, "all", "", *sums]]


def text(rows):
    lines = [[str(cell) for cell in row] for row in [HEADS, *rows]]
    widths = [max(len(line[column]) for line in lines) for column in range(len(HEADS))]
    numbers = HEADS.index("points")
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column >= numbers else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths))).rstrip()
        for line in lines)
