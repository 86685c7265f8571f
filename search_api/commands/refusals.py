"""How commands fail: one clear message and an exit status, never a traceback.

Status 0: done. 1: done, but some of the input was bad. 2: refused or wrong usage. 130: stopped by Ctrl-C.
"""

from typing import Any

import click

from discovery.errors import InvalidInput, NicheScoutError

STOPPED = 130


class Refused(click.ClickException):
    """A deliberate error, as the command line shows it."""

    exit_code = 2


class RefusingGroup(click.Group):
    """A group whose commands turn deliberate errors into messages."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; translate its errors."""
        try:
            return super().invoke(ctx)
        except NicheScoutError as error:
            raise Refused(message(error)) from error
        except BrokenPipeError:
            raise
        except OSError as error:
            raise Refused(str(error)) from error
        except KeyboardInterrupt:
            click.echo("Stopped; everything that was finished before is kept.", err=True)
            ctx.exit(STOPPED)


def message(error: NicheScoutError) -> str:
    """Say what is wrong: one line, or one for each of several problems."""
    if isinstance(error, InvalidInput) and len(error.problems) > 1:
        lines = [f"  {problem}" for problem in error.problems]
        return "\n".join([f"there are {len(lines)} problems:", *lines])
    return str(error)
