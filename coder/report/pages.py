"""The templates of the pages that this room writes."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from coder.report.pictures import picture, tint


def template(name: str) -> Template:
    """The template in a file of `templates/`. What it is not given is an error, what it is given is escaped."""
    return _environment().get_template(name)


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("coder.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters["picture"] = picture
    made.globals["tint"] = tint
    return made
