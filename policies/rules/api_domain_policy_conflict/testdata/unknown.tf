variable "policy" {
  type = string
}

variable "truststore" {
  type = string
}

resource "aws_api_gateway_domain_name" "shop" {
  domain_name              = "shop.example.com"
  regional_certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/a"
  security_policy          = var.policy

  endpoint_configuration {
    types = ["REGIONAL"]
  }

  mutual_tls_authentication {
    truststore_uri = "s3://shop/clients.pem"
  }
}

resource "aws_api_gateway_domain_name" "maybe" {
  domain_name              = "maybe.example.com"
  regional_certificate_arn = "arn:aws:acm:eu-west-1:111122223333:certificate/a"
  security_policy          = "SecurityPolicy_TLS13_1_3_2025_09"

  endpoint_configuration {
    types = ["REGIONAL"]
  }

  mutual_tls_authentication {
    truststore_uri = var.truststore
  }
}
