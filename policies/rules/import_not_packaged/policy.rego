# METADATA
# title: Code imports a module that is not packaged
# description: |
#   Neither the runtime, the package, its layers nor a list of dependencies contains the module, so the
#   function fails when it is loaded.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/python-package.html
#     description: Working with .zip file archives for Python Lambda functions
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/nodejs-package.html
#     description: Deploy Node.js Lambda functions with .zip file archives
# schemas:
#   - input: schema.stack
# custom:
#   id: import-not-packaged
#   severity: high
#   category: reliability
#   profile: strict
#   practices: [11d]
#   known_only: true
#   since: v0.1.0
#   remediation: |
#     Add the module to the dependencies of the package (requirements.txt, package.json) or to a layer.
package rules.import_not_packaged

deny contains {"at": module.at, "message": $"{fn.id} imports {name}, which neither the runtime nor the package contains", "key": $"{name}"} if {
	some fn in input.functions
	some i in fn.source.targets
	some module in input.sources[i].imports.items
	module.found.value == false
	module.optional.value == false
	name := module.module.value
}
