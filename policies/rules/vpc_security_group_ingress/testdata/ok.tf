resource "aws_security_group" "orders" {
  name = "orders"
}

resource "aws_lambda_function" "orders" {
  function_name = "orders"
  role          = "arn:aws:iam::123456789012:role/orders"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "orders.zip"

  vpc_config {
    subnet_ids         = ["subnet-0123456789abcdef0"]
    security_group_ids = [aws_security_group.orders.id]
  }
}

# The source of a rule is not what the rule is for.
resource "aws_security_group_rule" "database" {
  security_group_id        = aws_security_group.database.id
  type                     = "ingress"
  protocol                 = "tcp"
  from_port                = 5432
  to_port                  = 5432
  source_security_group_id = aws_security_group.orders.id
}

resource "aws_security_group" "database" {
  name = "database"

  ingress {
    protocol    = "tcp"
    from_port   = 443
    to_port     = 443
    cidr_blocks = ["10.0.0.0/16"]
  }
}

resource "aws_db_instance" "database" {
  engine                 = "postgres"
  instance_class         = "db.t4g.micro"
  allocated_storage      = 20
  vpc_security_group_ids = [aws_security_group.database.id]
}

# The group of the database is declared elsewhere, where the database uses it, too.
data "aws_security_group" "shared" {
  name = "shared"
}

resource "aws_lambda_function" "reports" {
  function_name = "reports"
  role          = "arn:aws:iam::123456789012:role/reports"
  runtime       = "python3.13"
  handler       = "app.handler"
  filename      = "reports.zip"
  vpc_config {
    security_group_ids = [data.aws_security_group.shared.id]
    subnet_ids         = ["subnet-0123456789abcdef0"]
  }
}

resource "aws_security_group_rule" "shared" {
  type              = "ingress"
  from_port         = 5432
  to_port           = 5432
  protocol          = "tcp"
  cidr_blocks       = ["10.0.0.0/16"]
  security_group_id = data.aws_security_group.shared.id
}

resource "aws_vpc_security_group_ingress_rule" "shared" {
  from_port         = 5432
  to_port           = 5432
  ip_protocol       = "tcp"
  cidr_ipv4         = "10.0.0.0/16"
  security_group_id = data.aws_security_group.shared.id
}
