# METADATA
# title: A function behind CloudFront can be called around it
# description: |
#   A function URL that answers anyone can be called directly, past the firewall, the limits and
#   the logs of CloudFront. Origin access control lets CloudFront sign its requests, so that the
#   URL can refuse all others.
# related_resources:
#   - ref: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-lambda.html
#     description: Restrict access to an AWS Lambda function URL origin
# schemas:
#   - input: schema.stack
# custom:
#   id: function-url-cloudfront-without-oac
#   severity: medium
#   category: invocation
#   profile: strict
#   since: v0.1.0
#   cwe: [CWE-306]
#   peers: []
#   remediation: |
#     Set the authorization type of the URL to `AWS_IAM` and give the origin an origin access
#     control of the type lambda.
package rules.function_url_cloudfront_without_oac

deny contains {"at": origin.at, "message": $"{distribution.id} leads to {url.id}, which anyone can call without it"} if {
	some distribution in input.distributions
	some origin in distribution.origins.items
	some i in origin.domain.targets
	url := input.function_urls[i]
	url.auth_type.value == "NONE"
}

deny contains {"at": origin.at, "message": $"{distribution.id} leads to {url.id} without an origin access control, so it cannot sign requests"} if {
	some distribution in input.distributions
	some origin in distribution.origins.items
	some i in origin.domain.targets
	url := input.function_urls[i]
	url.auth_type.value == "AWS_IAM"
	origin.access_control.absent
}
