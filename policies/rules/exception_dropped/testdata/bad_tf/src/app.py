def handler(event, context):
    try:
        work(event)
    except Exception:  # # want "drops every exception"
        pass


def work(event):
    return event["x"]
