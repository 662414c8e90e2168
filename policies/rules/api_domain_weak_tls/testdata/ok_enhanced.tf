resource "aws_api_gateway_domain_name" "shop" {
  domain_name     = "shop.example.com"
  certificate_arn = "arn:aws:acm:us-east-1:123456789012:certificate/1"
  security_policy = "SecurityPolicy_TLS12_PFS_2025_EDGE"
}
