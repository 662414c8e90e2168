resource "aws_lb" "shop" {
  name               = "shop"
  load_balancer_type = "application"
  internal           = false
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
    type = "redirect"

    redirect {
      port        = "443"
      protocol    = "HTTPS"
      status_code = "HTTP_301"
    }
  }
}

resource "aws_lb_listener_rule" "orders" {
  listener_arn = aws_lb_listener.shop.arn
  priority     = 1

  action {
    type = "forward"

    forward {
      target_group {
        arn = aws_lb_target_group.orders.arn
      }
    }
  }

  condition {
    path_pattern {
      values = ["/orders"]
    }
  }
}
