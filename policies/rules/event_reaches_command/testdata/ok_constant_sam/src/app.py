import os


def handler(event, context):
    return os.system("ls /tmp")
