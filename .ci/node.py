"""What the longer runs share: the packaged program on free ports and an empty directory, and a client for it."""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
import urllib.request

ACCESS_KEY = "AKIDCHORDATALONGRUN"
SECRET_KEY = "chordata-long-run-secret-0123456789abcdef"
JAR = "dht-node/target/chordata.jar"
START_SECONDS = 60
CLUSTER_SECONDS = 300


class Server:
    def __init__(self, process, s3_port, admin_port, data):
        self.process = process
        self.endpoint = f"http://127.0.0.1:{s3_port}"
        self.admin = f"http://127.0.0.1:{admin_port}"
        self.data = data
        self.log = data + ".log"

    def ready(self):
        try:
            return urllib.request.urlopen(self.admin + "/health/ready", timeout=2).status == 200
        except OSError:
            return False

    def admin_json(self, path):
        return json.load(urllib.request.urlopen(self.admin + path, timeout=10))

    def metric(self, name, label=""):
        """The sum over all labels of a metric, or those with one like `area="heap"`, under its name at /metrics."""
        lines = urllib.request.urlopen(self.admin + "/metrics").read().decode().splitlines()
        return sum(
            float(line.rsplit(" ", 1)[1])
            for line in lines
            if line.startswith((name + " ", name + "{")) and label in line
        )

    def resident_peak(self):
        with open(f"/proc/{self.process.pid}/status") as status:
            return next(int(line.split()[1]) << 10 for line in status if line.startswith("VmHWM:"))

    def environment(self):
        return {
            **plain_environment(),
            "CHORDATA_ENDPOINT": self.endpoint,
            "CHORDATA_ACCESS_KEY": ACCESS_KEY,
            "CHORDATA_SECRET_KEY": SECRET_KEY,
        }


def plain_environment():
    """What is around, less what would configure a node or what the tests alone read."""
    return {name: value for name, value in os.environ.items() if not name.startswith("CHORDATA_")}


def free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def package():
    """Builds the jar unless it is there."""
    if not os.path.exists(JAR):
        subprocess.run(["mvn", "-q", "-B", "-DskipTests", "package"], check=True)


class NotReady(Exception):
    """A server ended, or was not ready in time."""

    def __init__(self, server):
        super().__init__(f"the server did not become ready; see {server.log}")
        self.exit_code = server.process.poll()
        with open(server.log, errors="replace") as log:
            self.log = log.read()


@contextlib.contextmanager
def serving(*jvm_arguments):
    """A server and a boto3 client for it, until the block ends; the data goes with it."""
    package()
    data = tempfile.mkdtemp(prefix="chordata-long-", dir=os.path.abspath("dht-node/target"))
    try:
        with running(data, *jvm_arguments) as both:
            yield both
    finally:
        shutil.rmtree(data)


@contextlib.contextmanager
def running(data, *jvm_arguments, **environment):
    """The same on data that stays."""
    import boto3
    import botocore.config

    s3_port, admin_port, internal_port = free_ports(3)
    command = ["java", *jvm_arguments, "-jar", JAR, "demo", "--nodes", "1", "--data", data]
    command += ["--s3-port", str(s3_port), "--admin-port", str(admin_port), "--internal-port", str(internal_port)]
    keys = {"CHORDATA_ACCESS_KEY": ACCESS_KEY, "CHORDATA_SECRET_KEY": SECRET_KEY}
    with open(data + ".log", "w") as log:
        process = subprocess.Popen(
            command, env={**plain_environment(), **keys, **environment}, stdout=log, stderr=subprocess.STDOUT
        )
    server = Server(process, s3_port, admin_port, data)
    try:
        deadline = time.monotonic() + START_SECONDS
        while not server.ready():
            if process.poll() is not None or time.monotonic() > deadline:
                raise NotReady(server)
            time.sleep(0.05)
        yield server, boto3.client(
            "s3",
            endpoint_url=server.endpoint,
            region_name="us-east-1",
            aws_access_key_id=ACCESS_KEY,
            aws_secret_access_key=SECRET_KEY,
            config=botocore.config.Config(retries={"max_attempts": 0}, signature_version="s3v4", read_timeout=300),
        )
    finally:
        process.terminate()
        process.wait(60)


@contextlib.contextmanager
def cluster(size, *jvm_arguments):
    """Processes on empty disks that have become one cluster, each partition with all its copies."""
    package()
    data = tempfile.mkdtemp(prefix="chordata-long-", dir=os.path.abspath("dht-node/target"))
    servers = []
    try:
        ports = [free_ports(3) for _ in range(size)]
        seeds = ",".join(f"127.0.0.1:{internal}" for _, _, internal in ports)
        for number, each in enumerate(ports):
            servers.append(_node(number, each, seeds, data, jvm_arguments))
        _wait(servers, Server.ready)
        _wait(servers[:1], lambda server: _is_complete(server, size))
        yield servers
    finally:
        for server in servers:
            server.process.terminate()
        for server in servers:
            server.process.wait(60)
        shutil.rmtree(data)


def _node(number, ports, seeds, folder, jvm_arguments):
    s3, admin, internal = (f"127.0.0.1:{port}" for port in ports)
    data = os.path.join(folder, f"node{number}")
    command = ["java", *jvm_arguments, "-jar", JAR, "node", "--data", data, "--seeds", seeds]
    command += ["--s3", s3, "--admin", admin, "--internal", internal, "--move-after", "1s", "--moves", "32"]
    command += ["--init"] if number == 0 else []
    secrets = {
        "CHORDATA_ACCESS_KEY": ACCESS_KEY,
        "CHORDATA_SECRET_KEY": SECRET_KEY,
        "CHORDATA_CLUSTER_SECRET": SECRET_KEY,
    }
    with open(data + ".log", "w") as log:
        process = subprocess.Popen(
            command, env={**plain_environment(), **secrets}, stdout=log, stderr=subprocess.STDOUT
        )
    return Server(process, ports[0], ports[1], data)


def _wait(servers, condition):
    deadline = time.monotonic() + CLUSTER_SECONDS
    for server in servers:
        while not condition(server):
            if server.process.poll() is not None or time.monotonic() > deadline:
                raise NotReady(server)
            time.sleep(0.2)


def _is_complete(server, size):
    try:
        view = server.admin_json("/v1/cluster")
    except OSError:
        return False
    return view["nodes"] == size and view["underReplicated"] == 0 and view["moving"] == 0
