# METADATA
# description: The code of handlers.
package lib.code

# user is the first function that some code is of.
user(source) := input.functions[source.functions.targets[0]].id
