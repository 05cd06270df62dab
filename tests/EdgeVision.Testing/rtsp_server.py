"""An RTSP server for tests: serves the first video of a file, H.264, looped, to any number of clients.

usage: rtsp_server.py FILE [--port N] [--user U --password P] [--switch-to FILE]
Paths: /live, and /silent, which accepts PLAY and sends nothing. With --switch-to each lap plays FILE, then the other file.
Prints "port N" when it listens.
"""
import argparse
import subprocess

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtspServer  # noqa: E402

parser = argparse.ArgumentParser()
parser.add_argument("file")
parser.add_argument("--port", default="0")
parser.add_argument("--user")
parser.add_argument("--password")
parser.add_argument("--switch-to")
options = parser.parse_args()

Gst.init(None)
server = GstRtspServer.RTSPServer(address="127.0.0.1", service=options.port)

PAY = "h264parse config-interval=-1 ! rtph264pay name=pay0 pt=96 config-interval=-1"


def feed(media):
    """ffmpeg as the looping reader (GStreamer cannot loop a file without a gap); it ends with its pipe."""
    files = [options.file] + ([options.switch_to] if options.switch_to else [])
    script = "while :; do for f in \"$@\"; do ffmpeg -loglevel quiet -nostdin -re -i \"$f\" -map 0:v:0 -c copy -bsf:v h264_mp4toannexb -f h264 - || exit; done; done"
    child = subprocess.Popen(["setpriv", "--pdeathsig", "TERM", "--", "bash", "-c", script, "feed", *files], stdout=subprocess.PIPE, start_new_session=True)
    media.get_element().get_child_by_name("in").set_property("fd", child.stdout.fileno())
    media.connect("unprepared", lambda _: child.stdout.close())


def add(path, launch, on_configure=None):
    factory = GstRtspServer.RTSPMediaFactory()
    factory.set_launch(launch)
    factory.set_shared(False)
    if on_configure:
        factory.connect("media-configure", lambda _, media: on_configure(media))
    if options.user:
        factory.add_role_from_structure(role())
    server.get_mount_points().add_factory(path, factory)


def role():
    structure = Gst.Structure.new_empty("user")
    for permission in ("media.factory.access", "media.factory.construct"):
        structure.set_value(permission, True)
    return structure


if options.user:
    auth = GstRtspServer.RTSPAuth()
    token = GstRtspServer.RTSPToken()
    token.set_string("media.factory.role", "user")
    auth.add_basic(GstRtspServer.RTSPAuth.make_basic(options.user, options.password), token)
    server.set_auth(auth)

add("/live", f"( fdsrc name=in do-timestamp=true ! {PAY} )", feed)
def feed_then_silence(media):
    feed(media)
    media.connect("prepared", lambda _: media.get_element().get_child_by_name("cut").set_property("drop", True))


# one NAL unit a buffer, so that what is on its way when the valve closes is a parameter set and no picture
add("/silent", "( fdsrc name=in do-timestamp=true ! h264parse config-interval=-1 ! video/x-h264,alignment=nal ! valve name=cut ! rtph264pay name=pay0 pt=96 )", feed_then_silence)
server.attach(None)
print("port", server.get_bound_port(), flush=True)
GLib.MainLoop().run()
