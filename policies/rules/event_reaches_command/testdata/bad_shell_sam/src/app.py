import subprocess


def handler(event, context):
    return subprocess.run("ls " + event["path"], shell=True)  # # want "with subprocess.run"
