KEY = "AKIAQYLPMN5HHHFPZAM2"  # # want "secret in its code"


def handler(event, context):
    return len(KEY)
