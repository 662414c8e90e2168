resource "aws_lb" "shop" {
  name               = "shop"
  load_balancer_type = "application"
  internal           = true
  subnets            = ["subnet-1", "subnet-2"]
}

resource "aws_lb_target_group" "orders" {
  name        = "orders"
  target_type = "lambda"
}

resource "aws_lb_listener" "shop" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 80
  protocol          = "HTTP" # want "forwards requests to a function over HTTP in clear text"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.orders.arn
  }
}
