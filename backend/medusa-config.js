// The manual providers stand in for a real payment and shipping service.
// The order of our own plugins is the alphabetical one, as `plugins/*` in medusa.toml gives it.
const plugins = [
  "medusa-payment-manual",
  "medusa-fulfillment-manual",
  "medusa-plugin-loyalty",
  "medusa-plugin-reviews",
  "medusa-plugin-suppliers",
]

// Both work inside the one process: this shop needs no Redis.
const modules = {
  eventBus: { resolve: "@medusajs/event-bus-local" },
  cacheService: { resolve: "@medusajs/cache-inmemory", options: { ttl: 30 } },
}

/** @type {import("@medusajs/medusa").ConfigModule} */
module.exports = {
  projectConfig: {
    database_url: process.env.DATABASE_URL,
    // No jwt_secret or cookie_secret: Medusa reads JWT_SECRET and COOKIE_SECRET itself, and a key that is
    // here but undefined would take its fallback for development away.
    store_cors: process.env.STORE_CORS || "http://localhost:8000",
    admin_cors: process.env.ADMIN_CORS || "http://localhost:7000,http://localhost:7001",
  },
  plugins,
  modules,
}
