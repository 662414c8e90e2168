# METADATA
# title: Function URL behind CloudFront has no origin access control
# description: |
#   A public function URL can be called directly, which bypasses the WAF, the rate limits and the
#   logs of CloudFront. With origin access control, CloudFront signs its requests and the URL can
#   reject all others.
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
#   practices: [10c]
#   since: v0.1.0
#   cwe: [CWE-306]
#   peers: []
#   remediation: |
#     Set `AuthType` (`authorization_type`) of the URL to `AWS_IAM` and add an origin access control
#     of type `lambda` to the origin.
package rules.function_url_cloudfront_without_oac

deny contains {"at": origin.at, "message": $"{distribution.id} has the public origin {url.id} (AuthType NONE): callers can bypass CloudFront", "key": url.id} if {
	some distribution in input.distributions
	some origin in distribution.origins.items
	some i in origin.domain.targets
	url := input.function_urls[i]
	url.auth_type.value == "NONE"
}

deny contains {"at": origin.at, "message": $"{distribution.id} has no origin access control for {url.id}: CloudFront cannot sign the requests that AuthType AWS_IAM requires", "key": url.id} if {
	some distribution in input.distributions
	some origin in distribution.origins.items
	some i in origin.domain.targets
	url := input.function_urls[i]
	url.auth_type.value == "AWS_IAM"
	origin.access_control.absent
}
