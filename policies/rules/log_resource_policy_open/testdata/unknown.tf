variable "principal" {
  type = string
}

variable "policy" {
  type = string
}

resource "aws_cloudwatch_log_resource_policy" "orders" {
  policy_name = "orders"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = var.principal }
      Action    = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource  = "arn:aws:logs:eu-west-1:123456789012:log-group:/orders:*"
    }]
  })
}

resource "aws_cloudwatch_log_resource_policy" "returns" {
  policy_name     = "returns"
  policy_document = var.policy
}
