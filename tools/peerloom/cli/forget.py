"""`peerloom forget`."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from peerloom.cli import printing
from peerloom.cli.finding_people import find_participant_or_exit, refuse_in_a_log
from peerloom.cli.options import (
    AbsolutePath,
    load_dated_program,
    load_program_or_exit,
    open_writer_or_exit,
    today_option,
    with_program_folder,
    write_or_exit,
)
from peerloom.cli.printing import refuse, say, show
from peerloom.diagnostic import quoted
from peerloom.text.phrases import list_words

if TYPE_CHECKING:
    from peerloom.diagnostic import Diagnostic
    from peerloom.forgetting import Forgetting
    from peerloom.model import Participant
    from peerloom.records import Program


@click.command("forget")
@click.argument("person", metavar="[ID]", required=False)
@click.option("--due", is_flag=True, help="List whose time to be kept is over, and forget nobody.")
@click.option("--words", is_flag=True, help="Replace their name in what others wrote, too.")
@click.option(
    "--code",
    "codes",
    multiple=True,
    metavar="CODE",
    help="A code under which they answered surveys: these answers go, too.",
)
@click.option("--yes", is_flag=True, help="Write it without asking.")
@click.option("--dry-run", is_flag=True, help="Show what would be done, and write nothing.")
@click.option(
    "--history",
    "clone",
    type=AbsolutePath(),
    metavar="FOLDER",
    help="Make a clone in this new folder, and rewrite its history without them.",
)
@click.option(
    "--as",
    "tombstone",
    metavar="ID",
    help="With --history: the id that they have now, such as forgotten-2.",
)
@today_option
@with_program_folder
def command(
    root: Path,
    person: str | None,
    due: bool,
    words: bool,
    codes: tuple[str, ...],
    yes: bool,
    dry_run: bool,
    clone: Path | None,
    tombstone: str | None,
    today: date,
) -> None:
    """Forget the participant with this ID: what they wrote and what is written about them goes.

    In what is counted, such as pairs and attendance, 'forgotten-1' takes their place. The plan is
    shown first. Words of others that name them are listed for you to look at. Git keeps earlier
    versions: when this is committed, run it again with --history.
    """
    refuse_in_a_log()
    if due and person is not None:
        raise click.UsageError("'--due' lists people, and forgets nobody: leave the ID out")
    if due:
        _list_due(root, today)
    elif person is None:
        raise click.UsageError("name the ID of a participant, or '--due'")
    elif clone is not None:
        from peerloom.cli.forget_history import rewrite_history_or_exit

        rewrite_history_or_exit(root, person, tombstone, clone)
    else:
        _forget(root, person, today, words=words, codes=codes, is_sure=yes, is_dry_run=dry_run)


def _list_due(root: Path, today: date) -> None:
    from peerloom import forgetting

    program = load_program_or_exit(root)
    months = program.settings.keeps_months
    if months is None:
        refuse(
            "content/program.yml does not say how long people are kept\n"
            "  help: write 'keeps_months: 24', or another number of months, there"
        )
    past = forgetting.list_past_keeping(program, months, today)
    _show_lines(forgetting.describe_past_keeping(past, months))


def _forget(
    root: Path,
    id_: str,
    today: date,
    *,
    words: bool,
    codes: tuple[str, ...],
    is_sure: bool,
    is_dry_run: bool,
) -> None:
    from peerloom import forgetting
    from peerloom.cache_dir import clear_cache
    from peerloom.changes.files import delete_folder

    writer = None if is_dry_run else open_writer_or_exit(root)
    program = load_dated_program(root, today)
    person = find_participant_or_exit(program, id_)
    _refuse_coordinator(program, person)
    _refuse_unknown_codes(program, codes)
    texts = forgetting.read_texts(root, program)
    plan = forgetting.plan_forgetting(
        program,
        texts,
        person,
        today,
        outside=forgetting.read_texts_outside(root),
        codes=codes,
        replaces_words=words,
    )
    _show_lines(forgetting.describe_plan(plan, program))
    _show_lines(forgetting.describe_mentions(plan))
    _refuse_errors_of(root, plan, today)
    if writer is None:
        say("nothing was written", err=True)
        return
    if not is_sure:
        _ask_or_exit(plan)
    write_or_exit(writer, plan.changes, plan.deleted)
    for path in plan.deleted:  # the name of a folder may be that of a pair
        delete_folder(root, path.rpartition("/")[0])
    clear_cache()
    _say_next_steps(program, plan, has_codes=bool(codes))


def _refuse_coordinator(program: "Program", person: "Participant") -> None:
    from peerloom.forgetting import find_cohorts_coordinated_by

    paths = find_cohorts_coordinated_by(program, person)
    if paths:
        refuse(
            f"nothing was written; {quoted(person.id)} coordinates the program\n"
            f"  help: take their login out of 'coordinators' and 'coordinator_ids' in "
            f"{list_words(paths)}, run 'peerloom renew', take away their access to the repository "
            "on GitHub, and then run this again; where notes and decisions name them as their "
            "author, an id without a name will take the place of the login"
        )


def _refuse_unknown_codes(program: "Program", codes: Iterable[str]) -> None:
    known = {response.code for response in program.responses}
    for code in codes:
        if code not in known:
            refuse(f"nothing was written; no survey was answered under the code {quoted(code)}")


def _refuse_errors_of(root: Path, plan: "Forgetting", today: date) -> None:
    """End the command where 'peerloom check' would find an error that it does not find now."""
    from peerloom.diagnostic import diagnostics_as_text
    from peerloom.program import check, check_changes

    before = {(d.rule, d.message) for d in check(root, today).diagnostics}
    after = check_changes(root, dict(plan.changes), today, plan.deleted).diagnostics
    new = [d for d in after if d.severity == "error" and (d.rule, d.message) not in before]
    if new:
        show(diagnostics_as_text(new), err=True)
        refuse(f"nothing was written; this would be wrong afterwards: {_explain_remedy(new)}")


def _explain_remedy(errors: "list[Diagnostic]") -> str:
    """Return what to do before, where the help of an error speaks of a file as it would be."""
    circles = sorted({d.path for d in errors if d.rule == "circles-have-an-allowed-size"})
    if not circles:
        return "correct it first"
    return (
        f"too few people would be left in {list_words(circles)}\n"
        "  help: put somebody else into the circle first, or end it with 'status', 'ended_on' and "
        "'end_reason', and then run this again"
    )


def _ask_or_exit(plan: "Forgetting") -> None:
    if not printing.can_ask():
        refuse("nothing was written; to forget them, add --yes")
    if not printing.says_yes(f"forget {plan.who.id}? This cannot be undone (y, or n)"):
        refuse("nothing was written")


def _say_next_steps(program: "Program", plan: "Forgetting", *, has_codes: bool) -> None:
    say(f"written: {plan.who.id} is {plan.who.tombstone} now", err=True)
    if program.responses and not has_codes:
        say(
            "answers to surveys are kept under a code that the person alone knows; if they tell "
            "it to you, delete the files of that name in content/responses",
            err=True,
        )
    say(
        "next: look at the places above, commit with a message that does not name them, and then "
        f"run 'peerloom forget {plan.who.id} --history FOLDER': Git still has every earlier "
        "version",
        err=True,
    )


def _show_lines(lines: Iterable[str]) -> None:
    show("".join(f"{line}\n" for line in lines))
