"""What every use case needs: runtime, problems, paging, times."""
