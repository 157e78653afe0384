output "environment" {
  description = "For .env, or wherever the bot's environment is set."
  value = {
    PUBLIC_URL    = var.public_url
    EVENTS_REGION = data.aws_region.current.id
    EVENTS_NAME   = var.name
    EVENTS_CALLS  = var.calls
  }
}

output "account" {
  description = "The entry of this account in CONFIG_FILE, below \"accounts:\"."
  value       = "- {id: \"${data.aws_caller_identity.current.account_id}\"}"
}

output "rule_arn" {
  description = "The rule that takes case updates."
  value       = aws_cloudwatch_event_rule.this.arn
}

output "undelivered_queue_url" {
  description = "The queue for what could not be delivered. \"npm run redrive\" delivers what is in it."
  value       = aws_sqs_queue.undelivered.url
}

output "bot_policy_arn" {
  description = "To be attached to the bot's role or user, unless bot_role_name named it. null without the policy."
  value       = var.create_bot_policy ? aws_iam_policy.bot[0].arn : null
}

output "central_bus_arn" {
  description = "central_bus_arn for the module organization-member. null without organization_id: nobody else may send to the bus."
  value       = var.organization_id == null ? null : local.bus_arn
}
