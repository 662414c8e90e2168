# METADATA
# title: Container image is referenced by a tag
# description: |
#   A tag can point to another image at the next deployment. A principal that can push to
#   the repository can replace the code of the function.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/images-create.html
#     description: Create a Lambda function using a container image
# schemas:
#   - input: schema.stack
# custom:
#   id: image-uri-not-pinned
#   severity: medium
#   category: supply-chain
#   profile: strict
#   practices: [13b]
#   since: v0.1.0
#   cwe: [CWE-494]
#   peers: []
#   remediation: |
#     Refer to the image by its digest, `REPOSITORY@sha256:DIGEST`.
package rules.image_uri_not_pinned

deny contains {"at": fn.code.image_uri.at, "message": $"{fn.id} uses the image {fn.code.image_uri.value}, whose tag is not a digest", "severity": severity(fn.code.image_uri.value)} if {
	some fn in input.functions
	movable(fn.code.image_uri.value)
}

deny contains {"at": fn.code.image_uri.at, "message": $"{fn.id} uses an image with the tag {tag}, which is not a digest", "severity": severity(fn.code.image_uri.suffix)} if {
	some fn in input.functions
	[_, tag] := regex.find_all_string_submatch_n(`^[^@]*:([A-Za-z0-9_.-]+)$`, fn.code.image_uri.suffix, 1)[0]
	movable(fn.code.image_uri.suffix)
}

# The tags of CDK assets are hashes of the content.
movable(uri) if not regex.match(`@sha256:|:[0-9a-f]{64}$`, uri)

severity(uri) := "high" if regex.match(`:latest$|/[^:]*$`, uri)

severity(uri) := "medium" if not regex.match(`:latest$|/[^:]*$`, uri)
