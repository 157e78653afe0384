data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

data "aws_region" "us_west_2" {
  provider = aws.us_west_2
}

data "aws_caller_identity" "us_west_2" {
  provider = aws.us_west_2
}

resource "aws_cloudwatch_event_rule" "this" {
  name          = var.name
  description   = "Forwards AWS Support cases to Casethread in the central account."
  event_pattern = jsonencode(local.event_pattern)
  tags          = local.tags

  lifecycle {
    # Elsewhere all would come up, and no event would ever be forwarded.
    precondition {
      condition     = data.aws_region.current.id == "us-east-1"
      error_message = "Give this module a provider for us-east-1 (N. Virginia). AWS Support sends its events there."
    }

    # An event bus does not forward to itself, and the central account's own rule has this name.
    precondition {
      condition     = var.central_bus_arn != local.own_bus_arn
      error_message = "This is the central account. The module is for the other accounts."
    }
  }
}

resource "aws_cloudwatch_event_target" "this" {
  rule      = aws_cloudwatch_event_rule.this.name
  target_id = var.name
  arn       = var.central_bus_arn
  role_arn  = aws_iam_role.forward.arn

  retry_policy {
    maximum_retry_attempts       = 185
    maximum_event_age_in_seconds = 86400
  }

  dynamic "dead_letter_config" {
    for_each = aws_sqs_queue.undelivered

    content {
      arn = dead_letter_config.value.arn
    }
  }

  # So that no event is lost for want of the permission to forward it.
  depends_on = [aws_iam_role_policy.forward]
}

resource "aws_cloudwatch_event_rule" "calls" {
  count = var.calls == "none" ? 0 : 1

  name          = "${var.name}-calls"
  description   = "Forwards calls to AWS Support, as CloudTrail records them, to Casethread in the central account."
  event_pattern = local.calls_pattern
  state         = local.calls_state
  tags          = local.tags
}

resource "aws_cloudwatch_event_target" "calls" {
  count = var.calls == "none" ? 0 : 1

  rule      = aws_cloudwatch_event_rule.calls[0].name
  target_id = "${var.name}-calls"
  arn       = var.central_bus_arn
  role_arn  = aws_iam_role.forward.arn

  retry_policy {
    maximum_retry_attempts       = 185
    maximum_event_age_in_seconds = 86400
  }

  dynamic "dead_letter_config" {
    for_each = aws_sqs_queue.undelivered

    content {
      arn = dead_letter_config.value.arn
    }
  }

  depends_on = [aws_iam_role_policy.forward]
}

resource "aws_iam_role" "forward" {
  name               = "${var.name}-events"
  description        = "Lets the EventBridge rules of Casethread, and nothing else, forward to the central account."
  assume_role_policy = jsonencode(local.forward_trust)
  tags               = local.tags
}

resource "aws_iam_role_policy" "forward" {
  name   = "forward"
  role   = aws_iam_role.forward.name
  policy = jsonencode(local.forward_policy)
}

resource "aws_sqs_queue" "undelivered" {
  count = var.keep_undelivered ? 1 : 0

  name                      = "${var.name}-undelivered"
  message_retention_seconds = 1209600
  tags                      = local.tags
}

resource "aws_sqs_queue_policy" "undelivered" {
  count = var.keep_undelivered ? 1 : 0

  queue_url = aws_sqs_queue.undelivered[0].url
  policy    = jsonencode(local.queue_policy)
}

resource "aws_iam_role" "bot" {
  name               = var.role_name
  description        = "Casethread assumes it to read and answer AWS Support cases of this account."
  assume_role_policy = jsonencode(local.bot_trust)
  tags               = local.tags
}

resource "aws_iam_role_policy" "bot" {
  name   = "support"
  role   = aws_iam_role.bot.name
  policy = jsonencode(local.bot_policy)
}

# Changes of the support plan, and who looked at it, are recorded in us-west-2. From there to the central
# account in us-east-1 is one hop.
resource "aws_cloudwatch_event_rule" "plans" {
  provider = aws.us_west_2
  count    = local.has_plans ? 1 : 0

  name          = "${var.name}-plans"
  description   = "Forwards calls that have to do with the support plan to Casethread in the central account."
  event_pattern = jsonencode(local.plans_pattern)
  state         = local.calls_state
  tags          = local.tags

  lifecycle {
    # Elsewhere the rule would come up, and no event would ever be forwarded.
    precondition {
      condition     = data.aws_region.us_west_2.id == "us-west-2"
      error_message = "Give this module, as aws.us_west_2, a provider for us-west-2 (Oregon). Changes of the support plan are recorded there."
    }

    # Its role is in the account of the other provider.
    precondition {
      condition     = data.aws_caller_identity.us_west_2.account_id == data.aws_caller_identity.current.account_id
      error_message = "The provider aws.us_west_2 belongs to another account than the provider aws."
    }
  }
}

resource "aws_cloudwatch_event_target" "plans" {
  provider = aws.us_west_2
  count    = local.has_plans ? 1 : 0

  rule      = aws_cloudwatch_event_rule.plans[0].name
  target_id = "${var.name}-plans"
  arn       = var.central_bus_arn
  role_arn  = aws_iam_role.plans[0].arn

  retry_policy {
    maximum_retry_attempts       = 185
    maximum_event_age_in_seconds = 86400
  }

  # So that no event is lost for want of the permission to forward it.
  depends_on = [aws_iam_role_policy.plans]
}

resource "aws_iam_role" "plans" {
  count = local.has_plans ? 1 : 0

  name               = "${var.name}-forward"
  description        = "Lets the EventBridge rule of Casethread in us-west-2, and nothing else, forward to the central account."
  assume_role_policy = jsonencode(local.plans_trust)
  tags               = local.tags
}

resource "aws_iam_role_policy" "plans" {
  count = local.has_plans ? 1 : 0

  name   = "forward"
  role   = aws_iam_role.plans[0].name
  policy = jsonencode(local.plans_policy)
}
