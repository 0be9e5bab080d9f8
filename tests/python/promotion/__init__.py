"""Clients, sessions and resources that become boto3's."""
