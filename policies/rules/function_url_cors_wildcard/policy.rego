# METADATA
# title: Pages of every website may call the function URL
# description: |
#   Browsers let the pages of any site read what the function answers to their visitors. An answer
#   that depends on where the visitor is, in a company network for example, is then public.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html
#     description: Creating and managing Lambda function URLs
# schemas:
#   - input: schema.stack
# custom:
#   id: function-url-cors-wildcard
#   severity: medium
#   category: invocation
#   profile: strict
#   since: v0.1.0
#   cwe: [CWE-942]
#   peers:
#     - CKV2_AWS_75
#     - Prowler awslambda_function_url_cors_policy
#     - Steampipe lambda_function_cors_configuration
#   remediation: |
#     List the origins of your own pages.
package rules.function_url_cors_wildcard

deny contains {"at": origin.at, "message": $"{url.id} lets pages of every website read its answers: {origin.value}"} if {
	some url in input.function_urls
	some origin in url.cors.allow_origins.items
	regex.match(`^(https?://)?\*$`, origin.value)
	not credentials(url)
}

# With credentials it is function-url-cors-credentials.
credentials(url) if url.cors.allow_credentials.value == true
