variable "internal" {
  type = bool
}


resource "aws_lb" "shop" {
  name               = "shop"
  load_balancer_type = "application"
  internal           = var.internal
  subnets            = ["subnet-1", "subnet-2"]
}

resource "aws_lb_target_group" "orders" {
  name        = "orders"
  target_type = "lambda"
}

resource "aws_lb_listener" "shop" {
  load_balancer_arn = aws_lb.shop.arn
  port              = 443
  protocol          = "HTTPS"
  certificate_arn   = "arn:aws:acm:eu-west-1:111122223333:certificate/a"

  default_action {
    type             = "forward"
    target_group_arn = aws_lb_target_group.orders.arn
  }
}
