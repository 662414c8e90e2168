def prepare():
    global handler
    handler = lambda event, context: event


prepare()
