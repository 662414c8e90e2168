# METADATA
# title: Function URL CORS allows every origin
# description: |
#   A wildcard in the CORS origins allows the pages of every website to read the function's
#   responses in the visitor's browser. Responses that depend on the visitor's network, for example
#   a company network, become readable by any website.
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
#   practices: [10c]
#   yields_to: [function-url-cors-credentials]
#   since: v0.1.0
#   cwe: [CWE-942]
#   peers:
#     - CKV2_AWS_75
#     - Prowler awslambda_function_url_cors_policy
#     - Steampipe lambda_function_cors_configuration
#   remediation: |
#     List the origins of your own pages in `AllowOrigins` (`allow_origins`).
package rules.function_url_cors_wildcard

deny contains {"at": origin.at, "message": $"{url.id} allows CORS requests from every website: AllowOrigins contains the wildcard {origin.value}", "key": origin.value, "severity": severity(url.auth_type)} if {
	some url in input.function_urls
	some origin in url.cors.allow_origins.items
	regex.match(`^(https?://)?\*$`, origin.value)
	not credentials(url)
}

# function-url-cors-credentials reports URLs that allow credentials.
credentials(url) if url.cors.allow_credentials.value == true

# A website cannot sign requests for its visitors.
severity(auth_type) := "low" if auth_type.value == "AWS_IAM"

else := "medium"
