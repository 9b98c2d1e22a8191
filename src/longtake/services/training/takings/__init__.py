"""What is fitted to box-office runs before any tree is grown."""
