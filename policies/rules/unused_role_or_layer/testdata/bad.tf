resource "aws_iam_role" "left" { # want "aws_iam_role.left is possibly unused: only Lambda can assume it, and nothing in the template refers to it"
  name               = "left"
  assume_role_policy = jsonencode({ Statement = [{ Effect = "Allow", Principal = { Service = "lambda.amazonaws.com" }, Action = "sts:AssumeRole" }] })
}

# Its policies do not use it.
resource "aws_iam_role_policy_attachment" "left" {
  role       = aws_iam_role.left.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}

resource "aws_lambda_layer_version" "left" { # want "aws_lambda_layer_version.left is possibly unused: nothing in the template refers to it"
  layer_name = "old"
  filename   = "layer.zip"
}
