await CommandLineTool.run()
