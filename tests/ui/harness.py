# SPDX-License-Identifier: GPL-3.0-or-later
"""A desktop of its own for tests of the real window: a screen nobody sees, a session bus with
nothing on it but accessibility, and a home for each test. The window is read and used through
AT-SPI, as a screen reader does, and typed into through X, as a person does."""

import contextlib
import os
import pathlib
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

DEADLINE_S = float(os.environ.get("ROSTER_TEST_DEADLINE_S", 30))
SOURCE_DIR = pathlib.Path(os.environ["ROSTER_SOURCE_DIR"])
BUILD_DIR = pathlib.Path(os.environ["ROSTER_BUILD_DIR"])
PROGRAM = os.environ["ROSTER_PROGRAM"]
SIZE = "1280x960"

BUS_CONFIG = """<busconfig>
  <type>session</type>
  <listen>unix:dir={folder}</listen>
  <servicedir>{folder}/services</servicedir>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""


def wait_for(condition, what):
    """Returns the first true value of condition(); fails when there is none in time."""
    context = GLib.MainContext.default()
    end = time.monotonic() + DEADLINE_S
    while True:
        while context.iteration(False):
            pass
        # What is looked at may go away meanwhile; then it is not what is waited for.
        with contextlib.suppress(GLib.Error):
            value = condition()
            if value:
                return value
        if time.monotonic() > end:
            raise AssertionError(f"waited {DEADLINE_S} s for {what}")
        time.sleep(0.02)


def _line_of(process, stream):
    line = stream.readline().decode().strip()
    if not line:
        raise AssertionError(f"{process.args} did not start")
    return line


class Desktop:
    """The screen and the bus; one for all tests of a script."""

    def __init__(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="roster-desktop-"))
        self.processes = []

        screen = self._start("Xvfb", "-displayfd", "1", "-screen", "0", f"{SIZE}x24", "-noreset",
                             "-nolisten", "tcp")  # fmt: skip
        os.environ["DISPLAY"] = ":" + _line_of(screen, screen.stdout)
        for name in ("WAYLAND_DISPLAY", "GDK_BACKEND", "AT_SPI_BUS_ADDRESS"):
            os.environ.pop(name, None)

        services = self.folder / "services"
        services.mkdir()
        for data_dir in ("/usr/local/share", "/usr/share"):
            service = pathlib.Path(data_dir, "dbus-1/services/org.a11y.Bus.service")
            if service.exists():
                shutil.copy(service, services)
        config = self.folder / "bus.conf"
        config.write_text(BUS_CONFIG.format(folder=self.folder))
        # What the bus starts needs a home as well, but its warnings are not Roster's.
        os.environ.update(environment(self.folder))
        del os.environ["G_DEBUG"]
        bus = self._start("dbus-daemon", "--nofork", "--nopidfile", f"--config-file={config}",
                          "--print-address=1")  # fmt: skip
        os.environ["DBUS_SESSION_BUS_ADDRESS"] = _line_of(bus, bus.stdout)
        # libatspi complains when a program has ended between two questions.
        GLib.log_set_handler("dbind", GLib.LogLevelFlags.LEVEL_WARNING, lambda *_: None, None)
        Atspi.init()

    def _start(self, *command):
        # Ends with this program, also when that is killed.
        command = ("setpriv", "--pdeathsig", "TERM", *command)
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                   stderr=subprocess.DEVNULL)  # fmt: skip
        self.processes.append(process)
        return process

    def end(self):
        Atspi.exit()
        for process in reversed(self.processes):
            process.terminate()
            process.wait()
            process.stdout.close()
        shutil.rmtree(self.folder)


def environment(home):
    """The variables that keep a program inside home."""
    variables = {"HOME": str(home)}
    for name in ("CACHE", "CONFIG", "DATA", "STATE"):
        variables[f"XDG_{name}_HOME"] = str(home / name.lower())
    variables["XDG_RUNTIME_DIR"] = str(home / "runtime")
    for folder in variables.values():
        pathlib.Path(folder).mkdir(parents=True, exist_ok=True)
    (home / "runtime").chmod(0o700)
    settings = home / "config/gtk-4.0/settings.ini"
    settings.parent.mkdir(exist_ok=True)
    # A blinking cursor makes GTK 4.8 complain, now and then, when a dialog closes between two blinks.
    settings.write_text(
        "[Settings]\ngtk-font-name=Cantarell 11\ngtk-enable-animations=false\n"
        "gtk-cursor-blink=false\n"
    )
    return variables | {
        "ADW_DISABLE_PORTAL": "1",
        "GDK_DEBUG": "gl-disable",
        "GDK_DISABLE": "gl",
        "GSETTINGS_BACKEND": "keyfile",
        "GSETTINGS_SCHEMA_DIR": str(BUILD_DIR / "data"),
        "ROSTER_MODULE_DIR": str(BUILD_DIR / "src/team"),
        "GSK_RENDERER": "cairo",
        "GTK_USE_PORTAL": "0",
        "G_DEBUG": "fatal-warnings",
        "LANGUAGE": "",
        "LC_ALL": "C.UTF-8",
        "NO_AT_BRIDGE": "0",
        "TZ": "UTC",
        "XDG_DATA_DIRS": f"{SOURCE_DIR / 'data'}:/usr/local/share:/usr/share",
    }


def file_dialog_environment():
    """The variables for a program that shows GTK's dialog for files.

    What comes with it, libcloudproviders and more names of types than fit GLib's first table,
    leaks; tests/leaks cannot name it, as it is only known by g_malloc().
    """
    return {"ASAN_OPTIONS": os.environ.get("ASAN_OPTIONS", "") + ":detect_leaks=0"}


class Node:
    """Something on the screen, as assistive technology sees it."""

    def __init__(self, accessible):
        self.accessible = accessible

    def __repr__(self):
        return f"{self.role} “{self.name}”"

    @property
    def role(self):
        return self.accessible.get_role_name()

    @property
    def name(self):
        name = self.accessible.get_name() or ""
        # GTK 4.8 says a label with a mnemonic twice: "_Undo Undo".
        mnemonic, label = name[: len(name) // 2 + 1].rstrip(), name[len(name) // 2 + 1 :]
        return label if "_" in mnemonic and mnemonic.replace("_", "") == label else name

    @property
    def description(self):
        return self.accessible.get_description() or ""

    @property
    def text(self):
        length = Atspi.Text.get_character_count(self.accessible)
        return Atspi.Text.get_text(self.accessible, 0, length)

    @text.setter
    def text(self, text):
        Atspi.EditableText.set_text_contents(self.accessible, text)

    @property
    def box(self):
        """Where in its window it is: x, y, width and height."""
        box = Atspi.Component.get_extents(self.accessible, Atspi.CoordType.WINDOW)
        return box.x, box.y, box.width, box.height

    @property
    def children(self):
        accessible = self.accessible
        children = (accessible.get_child_at_index(i) for i in range(accessible.get_child_count()))
        return [Node(child) for child in children if child is not None]

    def has(self, *states):
        has = self.accessible.get_state_set()
        return all(has.contains(getattr(Atspi.StateType, state.upper())) for state in states)

    @property
    def is_shown(self):
        """Whether it is before a sighted person, or would be after scrolling.

        GTK 4.8 calls the turned pages of a stack visible, but says that they contain no point.
        """
        if not self.has("visible"):
            return False
        if "Component" not in self.accessible.get_interfaces():
            return True
        x, y, width, height = self.box
        return Atspi.Component.contains(
            self.accessible, x + width // 2, y + height // 2, Atspi.CoordType.WINDOW
        )

    def walk(self):
        """This one and everything in it that is shown."""
        self.accessible.clear_cache()
        yield self
        for child in self.children:
            if child.is_shown:
                yield from child.walk()

    def all(self, role=None, name=None, **states):
        """What is in here of this role whose name is, or matches, this."""
        for node in self.walk():
            if role is not None and node.role != role:
                continue
            if isinstance(name, re.Pattern):
                if not name.search(node.name):
                    continue
            elif name is not None and node.name != name:
                continue
            if all(node.has(state) == wanted for state, wanted in states.items()):
                yield node

    def find(self, role=None, name=None, **states):
        """The first such thing, once there is one. A state is True or False: focused=True."""
        what = " ".join(str(part) for part in (role, name, states or "") if part)
        return wait_for(lambda: next(self.all(role, name, **states), None), what)

    def wait_gone(self, role=None, name=None, **states):
        """Waits until there is no such thing."""
        what = f"no {role} {name}"
        wait_for(lambda: next(self.all(role, name, **states), None) is None, what)

    def activate(self):
        Atspi.Action.do_action(self.accessible, 0)

    def dump(self, indent=0):
        """What is in here, a line each but for boxes that say nothing."""
        states = [state for state in ("focused", "selected", "checked") if self.has(state)]
        says_something = states or self.role not in ("filler", "panel", "scroll pane")
        lines = [" ".join(("  " * indent + repr(self), *states))] if says_something else []
        # Some rows of a long list say enough.
        for child in self.children[:20]:
            if child.is_shown:
                lines += child.dump(indent + bool(lines))
        return lines


class App(Node):
    """A running Roster."""

    def __init__(self, *arguments, home, program=PROGRAM, prefix=(), **variables):
        self.errors = open(home / "stderr", "ab+")
        self.process = subprocess.Popen(
            [*prefix, program, *arguments],
            env=os.environ | environment(home) | variables,
            stdin=subprocess.DEVNULL,
            stdout=open(home / "stdout", "ab"),
            stderr=self.errors,
            # Python ignores SIGXFSZ, and so a file that may not grow is an error and not the end.
            restore_signals=False,
        )
        self.home = home
        super().__init__(None)

    def wait_window(self):
        """Waits until its window is there."""
        self.accessible = wait_for(self._find_application, "the window").accessible
        return self

    def _find_application(self):
        if self.process.poll() is not None:
            raise AssertionError(f"Roster ended with {self.process.returncode}:\n{self.log()}")
        desktop = Node(Atspi.get_desktop(0))
        desktop.accessible.clear_cache()
        for application in desktop.children:
            if application.accessible.get_process_id() == self.process.pid:
                if any(window.has("visible") for window in application.children):
                    return application
        return None

    @property
    def people(self):
        """The names in the list, in its order."""
        items = self.find("list", "People").all("list item")
        return [item.name.split(", ")[0] for item in items]

    def wait_people(self, *names):
        """Waits until exactly these are in the list, in this order."""
        try:
            wait_for(lambda: self.people == list(names), "the people")
        except AssertionError as error:
            raise AssertionError(f"{self.people} instead of {list(names)}") from error

    def row(self, name):
        """The row of somebody in the list."""
        return self.find("list item", re.compile("^" + re.escape(name) + ", "))

    def fill(self, **values):
        """Types into the fields of the dialog, in place of what is there."""
        dialog = self.windows[-1]
        for field, text in values.items():
            name = {"name": "Name", "email": "E-mail", "phone": "Phone"}[field]
            dialog.find("text", name).text = text

    @property
    def windows(self):
        self.accessible.clear_cache()
        return [window for window in self.children if window.has("visible")]

    def _top_window(self):
        """The X window of the newest window. There is no window manager to give it the keyboard.

        Popovers have no title, and get the keys of their window.
        """

        def focus():
            search = ("search", "--onlyvisible", "--maxdepth", "1", "--name", ".")
            with contextlib.suppress(subprocess.CalledProcessError):
                window = xdotool(*search).split()[-1]
                xdotool("windowfocus", "--sync", window)
                return window
            return None

        return wait_for(focus, "a window with the keyboard")

    def key(self, *keys):
        self._top_window()
        xdotool("key", "--clearmodifiers", *keys)

    def type(self, text):
        """Types what an American keyboard has; for other letters xdotool changes the keyboard."""
        assert text.isascii()
        self._top_window()
        xdotool("type", "--clearmodifiers", "--delay", "5", text)

    def click(self, node, button=1, times=1):
        """Clicks in the middle of something in the newest window."""
        window = self._top_window()
        geometry = dict(
            line.split("=") for line in xdotool("getwindowgeometry", "--shell", window).split()
        )
        # The edge of a window without a compositor is outside of what assistive technology sees.
        frame = self.windows[-1].box
        x, y, width, height = node.box
        x += width // 2 + (int(geometry["WIDTH"]) - frame[2]) // 2
        y += height // 2 + (int(geometry["HEIGHT"]) - frame[3]) // 2
        xdotool("mousemove", "--window", window, str(x), str(y))
        xdotool("click", "--repeat", str(times), "--delay", "50", str(button))

    def resize(self, width, height):
        """Makes the window so large, its edge included."""
        xdotool("windowsize", self._top_window(), str(width), str(height))

    def log(self):
        self.errors.seek(0)
        return self.errors.read().decode(errors="replace")

    def wait_end(self):
        """Waits until it has ended by itself; returns its exit status."""
        return wait_for(lambda: self.process.poll() is not None, "its end") and (
            self.process.returncode
        )

    def end(self):
        if self.process.poll() is None:
            self.process.terminate()
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(DEADLINE_S)
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()


def xdotool(*arguments):
    return subprocess.run(
        ["xdotool", *arguments], check=True, capture_output=True, text=True, timeout=DEADLINE_S
    ).stdout


def brightness(x, y, width, height):
    """How bright a part of the screen is: 0 is black, 1 is white."""
    command = ["import", "-window", "root", "-crop", f"{width}x{height}+{x}+{y}"]
    command += ["-colorspace", "gray", "-format", "%[fx:mean]", "info:-"]
    return float(subprocess.run(command, check=True, capture_output=True).stdout)


class TestCase(unittest.TestCase):
    """A test with a home of its own. Roster has to end well and must have nothing to complain of."""

    @classmethod
    def setUpClass(cls):
        if not hasattr(TestCase, "desktop"):
            TestCase.desktop = Desktop()
            unittest.addModuleCleanup(TestCase.desktop.end)

    def setUp(self):
        self.home = pathlib.Path(tempfile.mkdtemp(prefix="roster-home-"))
        self.addCleanup(shutil.rmtree, self.home)

    def run(self, result=None):
        self.result = result
        self.n_failed_before = len(result.failures) + len(result.errors)
        return super().run(result)

    def start(self, *arguments, **options):
        """Starts Roster in this test's home."""
        app = App(*arguments, home=self.home, **options)
        self.addCleanup(self._end, app)
        return app.wait_window()

    def start_local(self, *arguments, **options):
        """Starts Roster with the choice made to keep the directory on this computer."""
        settings = self.home / "config/glib-2.0/settings/keyfile"
        if not settings.exists():
            settings.parent.mkdir(parents=True)
            settings.write_text("[io/github/rosterapp/Roster]\ndirectory='local'\n")
        return self.start(*arguments, **options)

    def start_with_sample_people(self, **options):
        """Starts Roster with the ten sample people in its directory."""
        app = self.start_local(**options)
        app.find("push button", "Start with Sample People").activate()
        app.find("list item", re.compile("^Alice Johnson"))
        return app

    @property
    def file(self):
        """The file of the directory."""
        return self.home / "data/roster/directory.db"

    def _end(self, app):
        if len(self.result.failures) + len(self.result.errors) > self.n_failed_before:
            self._keep_picture(app)
        app.end()
        self.assertIn(app.process.returncode, (0, -signal.SIGTERM), app.log())
        self.assertNotRegex(app.log(), "WARNING|CRITICAL|ERROR: |runtime error")

    def _keep_picture(self, app):
        folder = BUILD_DIR / "meson-logs"
        folder.mkdir(exist_ok=True)
        picture = folder / f"{self.id().removeprefix('__main__.')}.png"
        subprocess.run(["import", "-window", "root", picture], check=False)
        print(f"The screen: {picture}", file=sys.stderr)
        if app.accessible is not None and app.process.poll() is None:
            print(*app.dump(), sep="\n", file=sys.stderr)
