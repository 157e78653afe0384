data "aws_partition" "current" {}

data "aws_region" "current" {}

data "aws_caller_identity" "current" {}

resource "aws_cloudwatch_event_connection" "this" {
  name               = var.name
  description        = "Casethread" # By which `npm run connect` knows that it is ours: it cannot be tagged.
  authorization_type = "API_KEY"

  auth_parameters {
    api_key {
      key   = "X-Api-Key"
      value = var.event_api_key
    }
  }
}

resource "aws_cloudwatch_event_api_destination" "this" {
  name                = var.name
  description         = "Casethread"
  connection_arn      = aws_cloudwatch_event_connection.this.arn
  invocation_endpoint = "${var.public_url}/aws/events"
  http_method         = "POST"
}

resource "aws_sqs_queue" "undelivered" {
  name                      = "${var.name}-undelivered"
  message_retention_seconds = 1209600
  tags                      = local.tags
}

resource "aws_sqs_queue_policy" "undelivered" {
  queue_url = aws_sqs_queue.undelivered.url
  policy    = jsonencode(local.queue_policy)
}

resource "aws_iam_role" "invoke" {
  name               = "${var.name}-events"
  description        = "Lets the EventBridge rule of Casethread, and nothing else, use its API destination."
  assume_role_policy = jsonencode(local.invoke_trust)
  tags               = local.tags
}

resource "aws_iam_role_policy" "invoke" {
  name   = "invoke"
  role   = aws_iam_role.invoke.name
  policy = jsonencode(local.invoke_policy)
}

resource "aws_cloudwatch_event_rule" "this" {
  name          = var.name
  description   = "AWS Support cases for Casethread."
  event_pattern = jsonencode(local.event_pattern)
  tags          = local.tags

  lifecycle {
    # Elsewhere all would come up, and no event would ever arrive.
    precondition {
      condition     = data.aws_region.current.id == "us-east-1"
      error_message = "Give this module a provider for us-east-1 (N. Virginia). AWS Support sends its events there, wherever you work otherwise."
    }
  }
}

resource "aws_cloudwatch_event_target" "this" {
  rule      = aws_cloudwatch_event_rule.this.name
  target_id = var.name
  arn       = aws_cloudwatch_event_api_destination.this.arn
  role_arn  = aws_iam_role.invoke.arn

  retry_policy {
    maximum_retry_attempts       = 185
    maximum_event_age_in_seconds = 86400
  }

  dead_letter_config {
    arn = aws_sqs_queue.undelivered.arn
  }

  # So that no event is lost for want of the permission to deliver it, or to put it into the queue.
  depends_on = [aws_iam_role_policy.invoke, aws_sqs_queue_policy.undelivered]
}

# The whole policy of the default event bus: Terraform has no resource for one statement with these conditions.
resource "aws_cloudwatch_event_bus_policy" "organization" {
  count = var.organization_id == null ? 0 : 1

  event_bus_name = "default"
  policy         = jsonencode(local.bus_policy)
}

resource "aws_iam_policy" "bot" {
  count = var.create_bot_policy ? 1 : 0

  name        = var.name
  description = "What Casethread does with AWS Support cases."
  policy      = jsonencode(local.bot_policy)
  tags        = local.tags
}

resource "aws_iam_role_policy_attachment" "bot" {
  count = var.create_bot_policy && var.bot_role_name != null ? 1 : 0

  role       = var.bot_role_name
  policy_arn = aws_iam_policy.bot[0].arn
}
