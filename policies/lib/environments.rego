# METADATA
# description: The environment variables of all that runs code, functions, revisions of web functions and MicroVM images.
package lib.environments

# variables are the environment variables by the id of what has them.
variables[fn.id] contains variable if {
	some fn in input.functions
	some variable in fn.environment.variables.items
}

variables[revision.id] contains variable if {
	some revision in input.web_revisions
	some variable in revision.environment.variables.items
}

variables[image.id] contains variable if {
	some image in input.microvm_images
	some variable in image.environment.variables.items
}
