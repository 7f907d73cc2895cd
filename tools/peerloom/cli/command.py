"""The command `peerloom`: its global options, and the module of each subcommand."""

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from peerloom import __version__
from peerloom.cli import printing

# Name, module, one line of help: `--help` and a quick `check` need import nothing else.
COMMANDS: tuple[tuple[str, str, str], ...] = (
    ("init", "initialize", "Start a program, with texts that are yours to edit."),
    ("start", "start", "Make a copy of the template a program of your own."),
    ("new", "new", "Make one record."),
    ("import", "importing", "Take in a sign-up sheet, or matches made elsewhere."),
    ("decide", "decide", "Accept people to a cohort that selects, let them wait, or decline."),
    ("match", "match", "Propose pairs for a cohort, and say why."),
    ("begin", "begin", "Begin proposed pairs and circles on a day."),
    ("shortlist", "shortlist", "List the best mentors for each mentee, or for one person."),
    ("explain", "explain", "Explain why a mentee has this mentor, or why not another one."),
    ("circles", "circles", "Propose mentoring circles or supervision groups."),
    ("learn", "learn", "Fit the weights of matching to how earlier pairs turned out."),
    ("criteria", "criteria", "List what matching uses of a record, and what it never uses."),
    ("check", "check", "Find every problem in the program."),
    ("attention", "attention", "List who needs the coordinator now, why, and what to do."),
    ("put-aside", "put_aside", "Put a signal aside, when you have done something about it."),
    ("withdraw", "withdraw", "Withdraw what a person agreed to, or a part of it."),
    ("review", "review", "Say what a pull request does, and whether its author may make it."),
    ("report", "report", "Print the progress report of a cohort."),
    ("about", "about", "Print everything that is held about somebody."),
    ("forget", "forget", "Forget somebody who took part; list who should be by now."),
    ("publish", "publish", "Keep the figures of closed check-in dates, to be shown from now on."),
    ("upgrade", "upgrade", "Bring the program to the installed version, keeping your changes."),
    ("renew", "renew", "Write again what is made from the program, such as issue forms."),
    ("propose", "propose", "Make pull requests of what people sent by issue form."),
    ("receive", "receive", "Record when check-ins were received, after they were merged."),
    ("remind", "remind", "Plan check-in issues on GitHub, and with --apply carry it out."),
    ("doctor", "doctor", "Check the repository's settings on GitHub."),
    ("numbers", "numbers", "Record the GitHub account numbers of people known only by login."),
    ("build", "build", "Build the site."),
    ("serve", "serve", "Show the site while you edit."),
    ("rules", "rules", "Print the rules for records."),
    ("schema", "schema", "Print the JSON Schema of a record."),
)


class _Commands(click.Group):
    """A group that imports a subcommand's module only when it is called."""

    def main(
        self,
        args: Sequence[str] | None = None,
        prog_name: str | None = None,
        complete_var: str | None = None,
        standalone_mode: bool = True,
        **extra: Any,
    ) -> Any:
        """Run a command as Click does, but print usage errors ourselves, with values escaped."""
        if not standalone_mode:
            return super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        try:
            code = super().main(args, prog_name, complete_var, standalone_mode=False, **extra)
        except click.ClickException as error:
            printing.show_error(error)
            code = error.exit_code
        except ModuleNotFoundError as error:
            code = _name_missing_extra(error)
        except click.Abort:
            printing.say("peerloom: interrupted; nothing more is done", err=True)
            code = 1
        sys.exit(code if isinstance(code, int) else 0)

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        return [name for name, _, _ in COMMANDS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        for name, module, _ in COMMANDS:
            if name == cmd_name:
                command = import_module(f"peerloom.cli.{module}").command
                assert isinstance(command, click.Command)
                return command
        return None

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and self.get_command(ctx, args[0]) is None:
            from peerloom.diagnostic import did_you_mean, quoted

            near = did_you_mean(args[0], self.list_commands(ctx))
            ctx.fail(f"there is no command {quoted(args[0])}; {near or 'see peerloom --help'}")
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_) for name, _, help_ in COMMANDS])


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "-C",
    "folder",
    type=click.Path(path_type=Path),
    default=Path(),
    metavar="DIR",
    help="The program's folder (default: here).",
)
@click.version_option(__version__, prog_name="peerloom")
@click.pass_context
def peerloom(ctx: click.Context, folder: Path) -> None:
    """Run a peer-mentoring program from a folder of YAML files.

    Exit codes: 0 all is well, 1 there are problems in the content, 2 the command was wrong.
    """
    if not folder.is_dir():
        raise click.BadParameter(f"'{folder}' must be a folder that exists", param_hint="'-C'")
    from peerloom.cli.options import resolve_path

    ctx.obj = resolve_path(folder)


def main() -> None:
    """Run the command. A closed pipe (`| head`) ends it quietly, a system error in plain words."""
    sys.excepthook = printing.show_bug
    try:
        peerloom(prog_name="peerloom")
    except BrokenPipeError:
        _discard_output()
        sys.exit(1)
    except OSError as error:
        from peerloom.os_errors import describe_os_error

        _discard_output_if_it_fails()
        printing.show(f"peerloom: this cannot be done: {describe_os_error(error)}\n", err=True)
        sys.exit(1)


def _name_missing_extra(error: ModuleNotFoundError) -> int:
    """Print which extra a command lacks, and return the exit code; re-raise any other error."""
    from peerloom.missing_extras import explain_missing_package

    message = explain_missing_package(error.name or "")
    if message is None:
        raise error
    printing.show(f"peerloom: {message}\n", err=True)
    return 2


def _discard_output_if_it_fails() -> None:
    """Discard output that cannot be written: Python would report it again at the very end."""
    try:
        sys.stdout.flush()
    except OSError:
        _discard_output()


def _discard_output() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
