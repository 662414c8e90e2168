resource "aws_iam_role" "orders" {
  name                 = "orders"
  permissions_boundary = "arn:aws:iam::123456789012:policy/team"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}
