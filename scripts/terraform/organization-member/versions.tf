# For one account of an organization in which the bot does not live: its case updates go on to the central account, and
# the bot may act in it. The provider's credentials belong to that account, and its Region has to be us-east-1.
#
# What EventBridge says of events that go from bus to bus: they make one hop, from an account to the central one, and
# not on to a third. They keep the account they came from. The sender pays, as for custom events. The target needs a
# role, and takes no input transformer.

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.40, < 7.0"
    }
  }
}
