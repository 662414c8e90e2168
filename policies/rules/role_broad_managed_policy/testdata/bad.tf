data "aws_partition" "current" {}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = aws_iam_role.orders.arn
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"
}

resource "aws_iam_role" "orders" {
  name = "orders"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

resource "aws_iam_role_policy_attachment" "orders_0" {
  role       = aws_iam_role.orders.name
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess" # want "has the managed policy AmazonS3FullAccess, which allows every action on every S3 bucket"
}

resource "aws_iam_role_policy_attachment" "orders_1" {
  role       = aws_iam_role.orders.name
  policy_arn = "arn:aws:iam::aws:policy/AWSLambdaExecute" # want "AWSLambdaExecute, which allows reading"
}

resource "aws_iam_role_policy_attachment" "orders_2" {
  role       = aws_iam_role.orders.name
  policy_arn = "arn:${data.aws_partition.current.partition}:iam::aws:policy/AWSLambda_FullAccess" # want "has the managed policy AWSLambda_FullAccess"
}

resource "aws_iam_role_policy_attachment" "orders_3" {
  role       = aws_iam_role.orders.name
  policy_arn = "arn:aws-cn:iam::aws:policy/service-role/AWSLambdaRole" # want "has the managed policy AWSLambdaRole, which allows invoking every function"
}

resource "aws_iam_role_policy_attachment" "orders_4" {
  role       = aws_iam_role.orders.name
  policy_arn = "arn:aws:iam::aws:policy/AWSDataSyncFullAccess" # want "has the managed policy AWSDataSyncFullAccess, which grants full access to an AWS service"
}

resource "aws_iam_role_policy_attachment" "orders_5" {
  role       = aws_iam_role.orders.name
  policy_arn = "arn:aws:iam::aws:policy/job-function/SystemAdministrator" # want "has the managed policy SystemAdministrator"
}

resource "aws_iam_role_policy_attachment" "orders_6" {
  role       = aws_iam_role.orders.name
  policy_arn = "arn:aws:iam::aws:policy/ReadOnlyAccess" # want "has the managed policy ReadOnlyAccess"
}
