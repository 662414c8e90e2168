variable "name" {
  type = string
}

resource "aws_iam_role" "orders" {
  name                 = "orders"
  permissions_boundary = var.name

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}
