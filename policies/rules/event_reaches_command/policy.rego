# METADATA
# title: Event reaches a command or an evaluated text
# description: |
#   Callers of the function, and everyone who can write to the source of its events, can execute commands
#   with the permissions of its execution role.
# related_resources:
#   - ref: https://docs.python.org/3/library/subprocess.html#security-considerations
#     description: Security considerations of subprocess
#   - ref: https://nodejs.org/api/child_process.html
#     description: Child processes in Node.js
# schemas:
#   - input: schema.stack
# custom:
#   id: event-reaches-command
#   severity: high
#   category: identity
#   profile: default
#   practices: [13e]
#   since: v0.1.0
#   cwe: [CWE-78]
#   remediation: |
#     Pass a list of arguments without a shell, and check each value against a list of allowed ones.
#     Parse data with a format that executes nothing, such as JSON.
package rules.event_reaches_command

import data.lib.code

deny contains {"at": command.at, "message": $"{user} executes a text that contains a part of the event, with {name}"} if {
	some source in input.sources
	user := code.user(source)
	some command in source.commands.items
	command.event.value == true
	name := command.function.value
}
