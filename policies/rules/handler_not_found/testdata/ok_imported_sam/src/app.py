from other import handler
