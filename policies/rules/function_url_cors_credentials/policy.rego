# METADATA
# title: Function URL CORS allows credentials from untrusted origins
# description: |
#   With CORS credentials, browsers send the cookies of the visitor with cross-origin requests. With
#   a wildcard, any website can act as the visitor and read the responses. With an origin without
#   HTTPS, an attacker on the network can.
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
#   practices: [10c]
#   since: v0.1.0
#   cwe: [CWE-942]
#   peers: []
#   fix:
#     title: Disallow credentials in CORS requests
#     unsafe: pages of other origins that send cookies or HTTP authentication lose access
#     attribute: cors/allow_credentials
#     set: false
#   remediation: |
#     List the HTTPS origins of your own pages in `AllowOrigins` (`allow_origins`), or set
#     `AllowCredentials` (`allow_credentials`) to false.
package rules.function_url_cors_credentials

deny contains {"at": origin.at, "message": $"{url.id} allows CORS requests with credentials from the {kind} origin {origin.value}", "key": origin.value} if {
	some url in input.function_urls
	url.cors.allow_credentials.value == true
	some origin in url.cors.allow_origins.items
	kind := untrusted(origin.value)
}

# untrusted returns the kind of an origin that must not receive credentials.
untrusted(origin) := "wildcard" if regex.match(`^(https?://)?\*$`, origin)

untrusted(origin) := "unencrypted" if {
	startswith(origin, "http://")
	origin != "http://*"
	not regex.match(`^http://(localhost|127\.0\.0\.1|\[::1\])(:|/|$)`, origin)
}
