"""The `gearmesh` command."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import json
import sys
import textwrap
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

from api import __version__
from api.core.access.actor import Scope
from api.core.database import DatabaseInUse, DatabaseUnavailable
from api.core.errors import DomainError
from api.core.sealing import new_key
from api.core.settings import Settings, SettingsError, documented, read_settings
from frontend import commands
from frontend.importing import CannotImport

_EPILOG = "Settings come from the environment:\n\n" + "\n".join(
    f"  {name:<30} {meaning}" + (f" (default: {default})" if default else "") for name, default, meaning in documented()
)


def parser() -> argparse.ArgumentParser:
    """The command's grammar."""
    main = argparse.ArgumentParser(
        prog="gearmesh",
        description="Makes the chain between departments visible, thanked and understood.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    main.add_argument("--version", action="version", version=f"gearmesh {__version__}")
    verbs = main.add_subparsers(dest="verb", required=True, metavar="COMMAND")

    demo = verbs.add_parser("demo", help="start with a demo hospital, ready to try")
    demo.add_argument("--port", type=_count(0, 65535), help="port to listen on (default: GEARMESH_PORT or 8000)")
    demo.add_argument(
        "--data", default="gearmesh-demo", metavar="DIR", help="where the demo is kept (default: %(default)s)"
    )
    demo.add_argument("--people", type=_count(60, 200_000), default=300, help="how many people (default: %(default)s)")
    demo.add_argument("--kudos", type=_count(0, 5_000_000), help="how many kudos (default: ten for each person)")
    demo.add_argument("--seed", type=int, default=1, help="another seed makes another hospital (default: %(default)s)")
    demo.add_argument("--open", action="store_true", help="open the browser")
    demo.add_argument("--load-only", action="store_true", help="make the hospital, do not start the server")

    serve = verbs.add_parser("serve", help="start the server")
    serve.add_argument("--host", help="address to listen on (default: GEARMESH_HOST or 127.0.0.1)")
    serve.add_argument("--port", type=_count(0, 65535), help="port to listen on (default: GEARMESH_PORT or 8000)")

    verbs.add_parser("work", help="do background work beside `serve` (PostgreSQL)")
    verbs.add_parser("migrate", help="bring the database to this version's schema")

    admin = verbs.add_parser("create-admin", help="make someone an administrator; asks for the password")
    admin.add_argument("email")
    admin.add_argument("--name", default="", help="the person's name (needed for somebody new)")
    admin.add_argument("--department", default="Administration", help="their department (default: %(default)s)")

    admin.add_argument("--organisation", default="", help="what the organisation is called")
    admin.add_argument("--language", default="", choices=["de", "en"], help="its language, for those who choose none")
    admin.add_argument("--time-zone", default="", metavar="ZONE", help="its time zone, like Europe/Berlin")

    invite = verbs.add_parser("invite", help="print a link with which a person chooses a password")
    invite.add_argument("email", metavar="EMAIL")

    token = verbs.add_parser("token", help="print a new API token of a person, for scripts")
    token.add_argument("email", metavar="EMAIL")
    token.add_argument(
        "--scope",
        action="append",
        required=True,
        choices=[*(scope.value for scope in Scope), "all"],
        help="what it may be used for; may be given several times",
    )
    token.add_argument("--name", default="command line", help="a name to know it by (default: %(default)s)")
    token.add_argument("--days", type=_count(1, 3650), help="days until it ends (default: never)")

    bring = verbs.add_parser("import", help="bring in a list (CSV): prints what it would change")
    bring.add_argument("file", metavar="FILE", help="a CSV file; “bonusly” reads Bonusly's history, asks for its token")
    bring.add_argument(
        "--kind",
        choices=["people", "departments", "dependencies", "history"],
        help="what is on the list (default: recognised by its columns)",
    )
    bring.add_argument("--complete", action="store_true", help="whoever is not on the list has left")
    bring.add_argument("--apply", action="store_true", help="carry it out")
    bring.add_argument(
        "--leaving", type=_count(0, 10_000_000), metavar="N", help="confirms that so many leave; needed if any do"
    )
    # What follows belongs to the scheduler, which takes its time to be imported: `main` hands it over unread.
    verbs.add_parser("schedule", help="plan job swaps from files, with a proven bound", add_help=False)

    verbs.add_parser("verify", help="prove on the live database that everything adds up")
    verbs.add_parser("secret-key", help="print a new key for GEARMESH_SECRET_KEY, which seals codes and secrets")
    verbs.add_parser("openapi", help="print the API's description")
    return main


def _count(low: int, high: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdigit() or not low <= int(text) <= high:
            raise argparse.ArgumentTypeError(f"should be a whole number from {low} to {high}")
        return int(text)

    return read


def _password() -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    password = getpass.getpass("Password: ")
    if getpass.getpass("Once more: ") != password:
        raise SystemExit("The two do not match.")
    return password


def _carry_out(arguments: argparse.Namespace, settings: Settings) -> int:
    if arguments.verb == "demo":
        return commands.demo(settings, arguments)
    if arguments.verb == "serve":
        return commands.serve(settings)
    if arguments.verb == "work":
        return commands.work(settings)
    if arguments.verb == "openapi":
        print(json.dumps(commands.openapi(settings), indent=2, ensure_ascii=False))
        return 0
    if arguments.verb == "secret-key":
        print(new_key())
        return 0
    jobs: dict[str, Callable[[], Awaitable[int]]] = {
        "migrate": lambda: commands.migrate_database(settings),
        "verify": lambda: commands.verify_database(settings),
        "token": lambda: commands.token(
            settings, arguments.email, scopes=arguments.scope, name=arguments.name, days=arguments.days
        ),
        "invite": lambda: commands.invite(settings, arguments.email),
        "import": lambda: commands.import_list(settings, arguments),
        "create-admin": lambda: commands.admin(
            settings,
            arguments.email,
            name=arguments.name,
            department=arguments.department,
            password=_password(),
            house=commands.House(arguments.organisation, arguments.language, arguments.time_zone),
        ),
    }

    async def job() -> int:
        return await jobs[arguments.verb]()

    return asyncio.run(job())


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit status. What a person can mend is said in a sentence, not a traceback."""
    given = list(sys.argv[1:] if argv is None else argv)
    if given[:1] == ["schedule"]:
        from scheduler.cli import main as schedule

        return schedule(given[1:], prog="gearmesh schedule")
    arguments = parser().parse_args(given)
    try:
        settings = read_settings()
        for name in ("host", "port"):
            if getattr(arguments, name, None) is not None:
                settings = replace(settings, **{name: getattr(arguments, name)})
        return _carry_out(arguments, settings)
    except SettingsError as error:
        _complain(f"These settings cannot be used:\n{textwrap.indent(str(error), '  ')}")
    except DomainError as error:
        _complain(error.message.text("en"))
    except (DatabaseInUse, DatabaseUnavailable, commands.CannotStart, CannotImport) as error:
        _complain(str(error))
    except KeyboardInterrupt:
        return 130
    return 1


def _complain(text: str) -> None:
    print(f"gearmesh: {text}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())
