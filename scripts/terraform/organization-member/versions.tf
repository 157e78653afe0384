# For one account of an organization in which the bot does not live: its case updates go on to the central account, and
# the bot may act in it. Both providers' credentials belong to that account; aws is for us-east-1, aws.us_west_2 for
# us-west-2, where changes of the support plan are recorded.
#
# What EventBridge says of events that go from bus to bus: they make one hop, from an account to the central one, and
# not on to a third. They keep the account they came from. The sender pays, as for custom events. The target needs a
# role, and takes no input transformer.

terraform {
  required_version = ">= 1.5"

  required_providers {
    aws = {
      source                = "hashicorp/aws"
      version               = ">= 5.40, < 7.0"
      configuration_aliases = [aws.us_west_2]
    }
  }
}
