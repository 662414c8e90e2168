# METADATA
# title: Foreign pages may call the function URL with the credentials of a visitor
# description: |
#   With credentials the browser sends the cookies of the visitor. A page of any site, or anyone
#   between the visitor and a site without encryption, can then act in the name of the visitor and
#   read the answers.
# related_resources:
#   - ref: https://docs.aws.amazon.com/lambda/latest/dg/urls-configuration.html
#     description: Creating and managing Lambda function URLs
# schemas:
#   - input: schema.stack
# custom:
#   id: function-url-cors-credentials
#   severity: high
#   category: invocation
#   profile: default
#   since: v0.1.0
#   cwe: [CWE-942]
#   peers: []
#   fix:
#     title: Send no credentials to other pages
#     attribute: cors/allow_credentials
#     set: false
#   remediation: |
#     List the https origins of your own pages and the methods they use, or do not allow
#     credentials.
package rules.function_url_cors_credentials

deny contains {"at": origin.at, "message": $"{url.id} sends the credentials of visitors to pages of {origin.value}"} if {
	some url in input.function_urls
	url.cors.allow_credentials.value == true
	some origin in url.cors.allow_origins.items
	foreign(origin.value)
}

foreign(origin) if regex.match(`^(https?://)?\*$`, origin)

foreign(origin) if {
	startswith(origin, "http://")
	not regex.match(`^http://(localhost|127\.0\.0\.1|\[::1\])(:|/|$)`, origin)
}
