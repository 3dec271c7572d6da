# One image for API, worker and migrations: what a container is, its command says. It brings no PostgreSQL.
#   docker build -t assent .
#   docker run --read-only --env-file assent.env assent dist/apps/worker/src/main.js
FROM node:24-bookworm-slim AS build
WORKDIR /assent
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-bookworm-slim AS packages
WORKDIR /assent
COPY package.json package-lock.json .npmrc ./
# The embedded PostgreSQL is optional, and so left out here.
RUN npm ci --omit=dev --omit=optional

FROM node:24-bookworm-slim
ENV NODE_ENV=production HOST=0.0.0.0 PORT=4000
WORKDIR /assent
COPY --from=packages /assent/node_modules ./node_modules
COPY --from=build /assent/dist ./dist
COPY package.json LICENSE ./
# Nothing in the image belongs to this user, and nothing is written: the root file system can be read-only.
USER 10001:10001
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health/live`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node"]
CMD ["dist/apps/api/src/main.js"]
