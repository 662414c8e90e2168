# The origin is located where it is written, although functions select it.
locals {
  cors = {
    allow_credentials = true
    allow_origins     = ["*"] # want "allows CORS requests with credentials from the wildcard origin [*]"
  }
}

resource "aws_lambda_function_url" "star" {
  function_name      = "orders"
  authorization_type = "NONE"

  dynamic "cors" {
    for_each = local.cors == null ? [] : [local.cors]

    content {
      allow_credentials = try(cors.value.allow_credentials, null)
      allow_origins     = try(cors.value.allow_origins, null)
    }
  }
}
