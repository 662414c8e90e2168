# METADATA
# title: Secret in a description or tag
# description: |
#   Everyone in the account who is allowed to list functions can read descriptions and tags. Tags
#   are also copied to cost reports and resource inventories.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/configuration-tags.html
#     description: Using tags on Lambda functions
# schemas:
#   - input: schema.stack
# custom:
#   id: secret-in-description-or-tag
#   severity: medium
#   category: secrets
#   profile: default
#   practices: [6b, 7a]
#   since: v0.1.0
#   cwe: [CWE-200]
#   peers: []
#   remediation: |
#     Revoke the secret and remove it from the description or tag.
package rules.secret_in_description_or_tag

import data.lib.secrets

deny contains {"at": fn.description.at, "message": $"{fn.id} has a secret in its description: it {secrets.what(fn.description.secret)}"} if {
	some fn in input.functions
	fn.description.secret
}

deny contains {"at": tag.at, "key": tag.key, "message": $"{fn.id} has a secret in the tag {tag.key}: it {secrets.what(tag.secret)}"} if {
	some fn in input.functions
	some tag in fn.tags.items
	tag.secret
}

deny contains {"at": revision.description.at, "message": $"{revision.id} has a secret in its description: it {secrets.what(revision.description.secret)}"} if {
	some revision in input.web_revisions
	revision.description.secret
}

deny contains {"at": image.description.at, "message": $"{image.id} has a secret in its description: it {secrets.what(image.description.secret)}"} if {
	some image in input.microvm_images
	image.description.secret
}

deny contains {"at": tag.at, "key": tag.key, "message": $"{fn.id} has a secret in the tag {tag.key}: it {secrets.what(tag.secret)}"} if {
	some fn in input.web_functions
	some tag in fn.tags.items
	tag.secret
}

deny contains {"at": tag.at, "key": tag.key, "message": $"{image.id} has a secret in the tag {tag.key}: it {secrets.what(tag.secret)}"} if {
	some image in input.microvm_images
	some tag in image.tags.items
	tag.secret
}
