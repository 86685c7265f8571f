"""Whether a CSS selector can be read: the same library says so that later selects with it."""

import warnings


def css_problem(css: str) -> str | None:
    """Return what is wrong with a CSS selector, or `None`."""
    import soupsieve

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", FutureWarning)
            soupsieve.compile(css)
    except NotImplementedError:
        return "asks for a pseudo-element; to read an attribute write {css = …, attribute = …}"
    except FutureWarning as warning:
        return f"is out of use: {warning}"
    except (soupsieve.SelectorSyntaxError, ValueError) as error:
        return f"is no CSS selector: {_first_line(error)}"
    except RecursionError:
        return "is nested too deep"
    return None


def _first_line(error: Exception) -> str:
    first = str(error).partition("\n")[0]
    return first[:1].lower() + first[1:]
