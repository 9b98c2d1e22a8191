"""What stays of a plan: figures that open, memory checks, the two boards, cases for the playbook."""
