resource "aws_cloudwatch_log_resource_policy" "orders" {
  policy_name = "orders"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = "*" # want "aws_cloudwatch_log_resource_policy.orders allows anyone to use log groups: Principal is [*]"
      Action    = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource  = "arn:aws:logs:eu-west-1:123456789012:log-group:/orders:*"
    }]
  })
}

resource "aws_cloudwatch_log_resource_policy" "returns" {
  policy_name = "returns"
  policy_document = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Principal = { AWS = "*" } # want "aws_cloudwatch_log_resource_policy.returns allows anyone"
      Action    = ["logs:CreateLogStream", "logs:PutLogEvents"]
      Resource  = "arn:aws:logs:eu-west-1:123456789012:log-group:/orders:*"
    }]
  })
}
